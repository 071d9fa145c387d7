package dev.keyling.sharding.job;

import dev.keyling.RestartStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Applies a restart strategy to the failures of one job, in order. */
final class RestartPolicy {
  private final RestartStrategy strategy;
  private final Deque<Instant> failures = new ArrayDeque<>();
  private int attempts;
  private double delayMillis;

  RestartPolicy(RestartStrategy strategy) {
    this.strategy = strategy;
  }

  /** Notes a failure; returns the pause before the next attempt, or empty: there is none. */
  Optional<Duration> failed(Instant now) {
    attempts++;
    if (strategy instanceof RestartStrategy.FixedDelay fixed) {
      return attempts <= fixed.attempts() ? Optional.of(fixed.delay()) : Optional.empty();
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
    Instant last = failures.peekLast();
    if (last == null || last.plus(delay.resetAfter()).isBefore(now)) {
      attempts = 1;
      delayMillis = delay.initial().toMillis();
    } else {
      delayMillis = Math.min(delay.max().toMillis(), delayMillis * delay.multiplier());
    }
    failures.clear();
    failures.add(now);
    if (attempts > delay.attempts()) {
      return Optional.empty();
    }
    double jitter = delayMillis * delay.jitter();
    double offset = jitter == 0 ? 0 : ThreadLocalRandom.current().nextDouble(-jitter, jitter);
    return Optional.of(Duration.ofMillis((long) (delayMillis + offset)));
  }
}
