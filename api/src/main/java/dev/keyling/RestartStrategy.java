package dev.keyling;

import java.time.Duration;

/** Whether, and after which pause, a failed job starts its next attempt. */
public sealed interface RestartStrategy {

  /** The first failure fails the job. */
  record None() implements RestartStrategy {}

  /** At most {@code attempts} restarts, each after the same delay. */
  record FixedDelay(int attempts, Duration delay) implements RestartStrategy {}

  /** Restarts unless more than {@code failures} happened within {@code per}. */
  record FailureRate(int failures, Duration per, Duration delay) implements RestartStrategy {}

  /** Restarts after a delay that grows with each failure, up to {@code max}. */
  record ExponentialDelay(
      Duration initial,
      Duration max,
      double multiplier,
      double jitter,
      Duration resetAfter,
      int attempts)
      implements RestartStrategy {}

  static RestartStrategy none() {
    return new None();
  }

  static RestartStrategy fixedDelay(int attempts, Duration delay) {
    return new FixedDelay(attempts, delay);
  }

  static RestartStrategy failureRate(int failures, Duration per, Duration delay) {
    return new FailureRate(failures, per, delay);
  }

  /** Grows by 1.5 with jitter 0.1, starts again after an hour without failure, never gives up. */
  static RestartStrategy exponentialDelay(Duration initial, Duration max) {
    return new ExponentialDelay(initial, max, 1.5, 0.1, Duration.ofHours(1), Integer.MAX_VALUE);
  }
}
