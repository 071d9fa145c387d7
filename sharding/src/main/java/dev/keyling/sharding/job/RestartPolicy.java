package dev.keyling.sharding.job;

import dev.keyling.RestartStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Applies a restart strategy to the failures of one job, in order. */
final class RestartPolicy {
  private final RestartStrategy strategy;
  private final DoubleSupplier random;
  private final Deque<Instant> failures = new ArrayDeque<>();
  private int restarts;
  private double delayMillis;

  /** When the newest attempt has run for so long that the delay starts again. */
  private @Nullable Instant resetAt;

  /**
   * @param random at least 0, below 1
   */
  RestartPolicy(RestartStrategy strategy, DoubleSupplier random) {
    this.strategy = strategy;
    this.random = random;
  }

  /** Notes a failure; returns the pause before the next attempt, or empty: there is none. */
  Optional<Duration> failed(Instant now) {
    if (strategy instanceof RestartStrategy.FixedDelay fixed) {
      return restarts++ < fixed.attempts() ? Optional.of(fixed.delay()) : Optional.empty();
    }
    if (strategy instanceof RestartStrategy.FailureRate rate) {
      return failed(rate, now);
    }
    if (strategy instanceof RestartStrategy.ExponentialDelay exponential) {
      return failed(exponential, now);
    }
    return Optional.empty();
  }

  private Optional<Duration> failed(RestartStrategy.FailureRate rate, Instant now) {
    failures.add(now);
    while (failures.element().isBefore(now.minus(rate.per()))) {
      failures.remove();
    }
    return failures.size() <= rate.failures() ? Optional.of(rate.delay()) : Optional.empty();
  }

  private Optional<Duration> failed(RestartStrategy.ExponentialDelay delay, Instant now) {
    if (resetAt == null || !now.isBefore(resetAt)) {
      restarts = 0;
      delayMillis = delay.initial().toMillis();
    } else {
      delayMillis = Math.min(delay.max().toMillis(), delayMillis * delay.multiplier());
    }
    if (restarts++ >= delay.attempts()) {
      return Optional.empty();
    }
    double offset = delayMillis * delay.jitter() * (2 * random.getAsDouble() - 1);
    long millis = Math.min(delay.max().toMillis(), Math.round(delayMillis + offset));
    resetAt = now.plusMillis(millis).plus(delay.resetAfter());
    return Optional.of(Duration.ofMillis(millis));
  }
}
