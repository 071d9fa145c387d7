package dev.keyling.examples.input;

import dev.keyling.connector.Line;

/**
 * What the lines of an example look like, and how one becomes an element.
 *
 * @param shape the names of the fields, such as {@code user,amount}
 * @param sample a line of that shape
 * @param reader makes the element of a line
 */
public record LineFormat<T>(String shape, String sample, Reader<? extends T> reader) {

  /** Makes an element of a line. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * Returns the element.
     *
     * @throws IllegalArgumentException if the text is none; the message says what is wrong with it
     */
    T read(String text);
  }

  /** Makes an element of the fields of a line, which are as many as the shape names. */
  @FunctionalInterface
  public interface FieldsReader<T> {

    /** Returns the element; throws as {@link Reader#read} does. */
    T read(Fields fields);
  }

  /** Describes lines of fields that are separated by commas. */
  public static <T> LineFormat<T> ofFields(
      String shape, String sample, FieldsReader<? extends T> reader) {
    int count = Fields.of(shape).count();
    return new LineFormat<>(
        shape,
        sample,
        text -> {
          Fields fields = Fields.of(text);
          fields.requireCount(count);
          return reader.read(fields);
        });
  }

  /**
   * Reads one line.
   *
   * @throws MalformedLineException if it is not of this format
   */
  public T read(Line line) {
    try {
      return reader.read(textOf(line));
    } catch (IllegalArgumentException e) {
      throw new MalformedLineException(
          line, "%s; expected %s, such as %s".formatted(e.getMessage(), shape, sample));
    }
  }

  /** A byte order mark says how a file is encoded, and is no part of its first line. */
  private static String textOf(Line line) {
    boolean marked = line.number() == 1 && line.text().startsWith("\uFEFF");
    return marked ? line.text().substring(1) : line.text();
  }
}
