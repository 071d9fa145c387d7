package dev.keyling.examples.input;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of an Apache access log line (common or combined) that says who came when, and what for.
 *
 * <pre>{@code host ident user [17/May/2015:10:05:03 +0000] "request" status bytes …}</pre>
 *
 * A user may hold blanks and a request anything, so the line is taken apart by its marks.
 */
record AccessLogLine(String host, Instant time, String request) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  /** Returns what the line says, or nothing if it has another form. */
  static Optional<AccessLogLine> parse(String line) {
    int hostEnd = line.indexOf(' ');
    int timeStart = line.indexOf(" [");
    int timeEnd = line.indexOf("] \"");
    if (hostEnd <= 0 || timeStart <= hostEnd || timeEnd < timeStart) {
      return Optional.empty();
    }
    int requestStart = timeEnd + "] \"".length();
    int requestEnd = endOfQuoted(line, requestStart);
    if (requestEnd < 0 || !isStatusAndBytes(line.substring(requestEnd + 1))) {
      return Optional.empty();
    }
    String host = line.substring(0, hostEnd);
    String request = line.substring(requestStart, requestEnd);
    return time(line.substring(timeStart + " [".length(), timeEnd))
        .map(time -> new AccessLogLine(host, time, request));
  }

  /** Returns the path without its query; all of a request that is none of HTTP. */
  String page() {
    String[] parts = request.split(" ", 3);
    return parts.length < 2 ? request : parts[1].replaceFirst("\\?.*", "");
  }

  /** The place of the quote that ends what begins here; a backslash takes away its meaning. */
  private static int endOfQuoted(String line, int from) {
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        return i;
      }
      if (c == '\\') {
        i++;
      }
    }
    return -1;
  }

  private static boolean isStatusAndBytes(String rest) {
    String[] parts = rest.split(" ", 4);
    return parts.length >= 3
        && parts[0].isEmpty()
        && parts[1].matches("[0-9]{3}")
        && parts[2].matches("[0-9]+|-");
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text, TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
