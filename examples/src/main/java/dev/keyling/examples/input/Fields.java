package dev.keyling.examples.input;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The fields of a line, separated by commas, without the blanks around them. */
public final class Fields {
  private static final long FIRST_TIME = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final List<String> fields;

  private Fields(List<String> fields) {
    this.fields = fields;
  }

  static Fields of(String line) {
    return new Fields(Stream.of(line.split(",", -1)).map(String::strip).toList());
  }

  int count() {
    return fields.size();
  }

  void requireCount(int expected) {
    if (count() == 1 && fields.get(0).isEmpty()) {
      throw new IllegalArgumentException("the line is empty");
    }
    if (count() != expected) {
      throw new IllegalArgumentException(
          "%d field%s instead of %d".formatted(count(), count() == 1 ? "" : "s", expected));
    }
  }

  /**
   * Returns a field as text.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public String text(int index) {
    String field = fields.get(index);
    if (field.isEmpty()) {
      throw new IllegalArgumentException("field " + (index + 1) + " is empty");
    }
    return field;
  }

  /**
   * Returns a field as a number.
   *
   * @throws IllegalArgumentException if it is none, or beyond 64 bits
   */
  public long number(int index) {
    String field = text(index);
    try {
      return Long.parseLong(field);
    } catch (NumberFormatException e) {
      String wrong = field.matches("[+-]?[0-9]+") ? "is beyond 64 bits" : "is not a whole number";
      throw new IllegalArgumentException("\"%s\" %s".formatted(Printable.of(field), wrong));
    }
  }

  /**
   * Returns a field, in milliseconds since 1970, as a time of the years 0 to 9999.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Instant time(int index) {
    long millis = number(index);
    if (millis < FIRST_TIME || millis > LAST_TIME) {
      throw new IllegalArgumentException(
          millis + " is not a time in milliseconds since 1970 of the years 0 to 9999");
    }
    return Instant.ofEpochMilli(millis);
  }
}
