package dev.keyling;

import java.time.Duration;

/**
 * Whether, and after which pause, a failed job starts its next attempt. Kinds and defaults are
 * Flink's. What a strategy has counted is forgotten when a job ends; a later run counts anew.
 */
public sealed interface RestartStrategy {

  /** The first failure fails the job. */
  record None() implements RestartStrategy {}

  /**
   * At most {@code attempts} restarts in the life of a job, each after the same delay.
   *
   * @param attempts at least 0
   * @param delay at least 0
   */
  record FixedDelay(int attempts, Duration delay) implements RestartStrategy {
    public FixedDelay {
      require(attempts >= 0, "the attempts of a fixed delay are at least 0", attempts);
      requireDelay(delay);
    }
  }

  /**
   * Restarts unless more than {@code failures} happened within {@code per}.
   *
   * @param failures at least 1
   * @param per above 0
   * @param delay at least 0
   */
  record FailureRate(int failures, Duration per, Duration delay) implements RestartStrategy {
    public FailureRate {
      require(failures >= 1, "the failures of a failure rate are at least 1", failures);
      require(isPositive(per), "the time of a failure rate is more than 0", per);
      requireDelay(delay);
    }
  }

  /**
   * Restarts after a delay that grows with each failure, up to {@code max}.
   *
   * @param initial the first delay; at least 1 ms
   * @param max the longest delay; at least {@code initial}
   * @param multiplier how much longer the next delay is; at least 1
   * @param jitter the part of the delay by which it is made longer or shorter at random, so that
   *     jobs that failed together do not start together; between 0 and 1
   * @param resetAfter an attempt that ran so long makes the next delay the first one again, and the
   *     attempts are counted anew; above 0
   * @param attempts at most so many restarts; at least 0, {@link Integer#MAX_VALUE} for any number
   */
  record ExponentialDelay(
      Duration initial,
      Duration max,
      double multiplier,
      double jitter,
      Duration resetAfter,
      int attempts)
      implements RestartStrategy {
    public ExponentialDelay {
      require(initial.toMillis() >= 1, "the first exponential delay is at least 1 ms", initial);
      require(
          max.compareTo(initial) >= 0, "the longest exponential delay is at least the first", max);
      require(multiplier >= 1, "the multiplier of an exponential delay is at least 1", multiplier);
      require(jitter >= 0 && jitter <= 1, "the jitter of a delay is between 0 and 1", jitter);
      require(
          isPositive(resetAfter),
          "the time after which an exponential delay starts again is more than 0",
          resetAfter);
      require(attempts >= 0, "the attempts of an exponential delay are at least 0", attempts);
    }
  }

  static RestartStrategy none() {
    return new None();
  }

  /** One restart, after a second. */
  static RestartStrategy fixedDelay() {
    return fixedDelay(1, Duration.ofSeconds(1));
  }

  static RestartStrategy fixedDelay(int attempts, Duration delay) {
    return new FixedDelay(attempts, delay);
  }

  /** One failure in a minute, a second before each restart. */
  static RestartStrategy failureRate() {
    return failureRate(1, Duration.ofMinutes(1), Duration.ofSeconds(1));
  }

  static RestartStrategy failureRate(int failures, Duration per, Duration delay) {
    return new FailureRate(failures, per, delay);
  }

  /** From a second to a minute. The default of a dataflow that takes checkpoints. */
  static RestartStrategy exponentialDelay() {
    return exponentialDelay(Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  /** Grows by 1.5 with jitter 0.1, starts again after an hour without failure, never gives up. */
  static RestartStrategy exponentialDelay(Duration initial, Duration max) {
    return new ExponentialDelay(initial, max, 1.5, 0.1, Duration.ofHours(1), Integer.MAX_VALUE);
  }

  private static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private static void requireDelay(Duration delay) {
    require(!delay.isNegative(), "the delay before a restart is at least 0", delay);
  }

  private static void require(boolean isSo, String rule, Object value) {
    if (!isSo) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }
}
