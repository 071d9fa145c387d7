package dev.keyling.examples.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as 100ms, 30s, 30m, 1h, 2d or PT30M: whole milliseconds, not negative. */
public final class Durations implements ITypeConverter<Duration> {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(36_500);

  @Override
  public Duration convert(String text) {
    Duration duration = parse(text);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new TypeConversionException(
          "'%s' is out of range: 0 to %dd".formatted(text, LONGEST.toDays()));
    }
    if (duration.toNanosPart() % 1_000_000 != 0) {
      throw new TypeConversionException("'" + text + "' is finer than a millisecond");
    }
    return duration;
  }

  private static Duration parse(String text) {
    String written = text.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = SHORT.matcher(written);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    }
    try {
      return Duration.parse(written);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration; write it as 100ms, 30s, 30m, 1h or PT30M");
    }
  }
}
