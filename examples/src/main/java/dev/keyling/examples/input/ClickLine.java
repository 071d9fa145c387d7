package dev.keyling.examples.input;

import dev.keyling.examples.programs.ClicksPerMinute.Click;

/** A click: a line of an access log, or a page and a time. */
final class ClickLine {
  private ClickLine() {}

  static Click read(String line) {
    return AccessLogLine.parse(line)
        .map(visit -> new Click(visit.page(), visit.time()))
        .orElseGet(() -> ofFields(line));
  }

  private static Click ofFields(String line) {
    Fields fields = EventLine.fields(line);
    return new Click(fields.text(0), fields.time(1));
  }
}
