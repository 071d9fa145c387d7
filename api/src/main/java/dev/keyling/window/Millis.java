package dev.keyling.window;

import java.time.Duration;

/** Durations of windows: whole milliseconds. */
final class Millis {
  private Millis() {}

  /** Returns a duration that must be positive. */
  static long positive(String what, Duration duration) {
    long millis = of(what, duration);
    if (millis <= 0) {
      throw new IllegalArgumentException(what + " must be 1 ms or more, not " + duration);
    }
    return millis;
  }

  /** Returns a duration that must be 0 or more. */
  static long notNegative(String what, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(what + " must be 0 or more, not " + duration);
    }
    return of(what, duration);
  }

  /** Returns a duration of any sign. */
  static long of(String what, Duration duration) {
    if (duration.getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException(what + " must be whole milliseconds, not " + duration);
    }
    try {
      return duration.toMillis();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(what + " is too long: " + duration, e);
    }
  }
}
