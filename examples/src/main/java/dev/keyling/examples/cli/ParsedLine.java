package dev.keyling.examples.cli;

import dev.keyling.connector.Line;
import dev.keyling.examples.input.LineFormat;
import dev.keyling.examples.input.MalformedLineException;
import java.util.List;

/** What became of a line: an element, or a rejection. */
sealed interface ParsedLine<T> {

  record Element<T>(T value) implements ParsedLine<T> {}

  record Malformed<T>(Rejected rejected) implements ParsedLine<T> {}

  static <T> ParsedLine<T> of(LineFormat<T> format, Line line) {
    try {
      return new Element<>(format.read(line));
    } catch (MalformedLineException e) {
      return new Malformed<>(Rejected.of(line, e));
    }
  }

  default List<T> elements() {
    return this instanceof Element<T> element ? List.of(element.value()) : List.of();
  }

  default List<Rejected> rejections() {
    return this instanceof Malformed<T> malformed ? List.of(malformed.rejected()) : List.of();
  }
}
