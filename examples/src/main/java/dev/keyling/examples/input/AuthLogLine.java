package dev.keyling.examples.input;

import dev.keyling.examples.programs.BruteForce.Failure;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that sshd and its neighbours write by syslog.
 *
 * <pre>
 * {@code Mar 29 23:18:33 host sshd[6402]: Failed password for root from 192.0.2.7 port 22 ssh2}
 * </pre>
 *
 * Such lines tell no year and no zone: they are taken to be of the year 2000, which has every day,
 * in UTC. A user's name may be anything, so the address is looked for from the end.
 */
final class AuthLogLine {
  private static final Pattern LINE =
      Pattern.compile("([A-Z][a-z]{2} +\\d{1,2} \\d{2}:\\d{2}:\\d{2}) \\S+ ([^:\\[ ]+)[^:]*: (.*)");
  private static final Pattern FAILED =
      Pattern.compile(
          "(?:message repeated (\\d{1,9}) times: \\[ )?"
              + "Failed password for .* from (\\S+) port \\d+(?: ssh2)?\\]?\\s*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu MMM d HH:mm:ss", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  private AuthLogLine() {}

  static Failure read(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a line of an auth.log");
    }
    Instant time = time(parts.group(1).replaceAll(" +", " "));
    Matcher failed = FAILED.matcher(parts.group(3));
    if (!parts.group(2).equals("sshd") || !failed.matches()) {
      return new Failure("", time, 0);
    }
    String times = failed.group(1);
    return new Failure(failed.group(2), time, times == null ? 1 : Long.parseLong(times));
  }

  private static Instant time(String text) {
    try {
      return LocalDateTime.parse("2000 " + text, TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("\"%s\" is no time".formatted(Printable.of(text)), e);
    }
  }
}
