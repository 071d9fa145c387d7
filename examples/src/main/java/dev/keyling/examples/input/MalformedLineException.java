package dev.keyling.examples.input;

import dev.keyling.connector.Line;

/** A line is not what an example reads. The message is one line: where, the line, the reason. */
public final class MalformedLineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String reason;

  /**
   * @param reason what is wrong and what was expected
   */
  public MalformedLineException(Line line, String reason) {
    super("%s: \"%s\": %s".formatted(place(line), Printable.of(line.text()), reason));
    this.place = place(line);
    this.reason = reason;
  }

  private static String place(Line line) {
    return line.file() + ":" + line.number();
  }

  /** Returns {@code FILE:LINE}. */
  public String place() {
    return place;
  }

  /** Returns what is wrong and what was expected. */
  public String reason() {
    return reason;
  }
}
