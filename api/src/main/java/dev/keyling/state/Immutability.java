package dev.keyling.state;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Which classes have values that can never change, as far as the class tells. */
final class Immutability {
  private static final Set<Class<?>> KNOWN =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          UUID.class,
          BigDecimal.class,
          BigInteger.class,
          Instant.class,
          Duration.class,
          Period.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          ZoneId.class,
          ZoneOffset.class,
          Year.class,
          YearMonth.class,
          MonthDay.class);

  private Immutability() {}

  static boolean isImmutable(Class<?> type) {
    return isImmutable(type, new HashSet<>());
  }

  /** A record that is being looked at already counts as immutable: its other components decide. */
  private static boolean isImmutable(Class<?> type, Set<Class<?>> seen) {
    if (type.isPrimitive() || type.isEnum() || KNOWN.contains(type) || !seen.add(type)) {
      return true;
    }
    if (!type.isRecord()) {
      return false;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      if (!isImmutable(component.getType(), seen)) {
        return false;
      }
    }
    return true;
  }
}
