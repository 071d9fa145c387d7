package dev.keyling.examples.input;

import dev.keyling.examples.programs.Sessions;

/** An event for {@link Sessions}: a line of an access log, or a key and a time. */
final class EventLine {
  private EventLine() {}

  static Sessions.Event read(String line) {
    return AccessLogLine.parse(line)
        .map(visit -> new Sessions.Event(visit.host(), visit.time()))
        .orElseGet(() -> ofFields(line));
  }

  private static Sessions.Event ofFields(String line) {
    Fields fields = fields(line);
    return new Sessions.Event(fields.text(0), fields.time(1));
  }

  /** Returns the two fields of a line that is not of an access log. */
  static Fields fields(String line) {
    if (line.contains(" [")) {
      throw new IllegalArgumentException("not a line of an access log");
    }
    Fields fields = Fields.of(line);
    fields.requireCount(2);
    return fields;
  }
}
