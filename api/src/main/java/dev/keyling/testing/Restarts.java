package dev.keyling.testing;

import dev.keyling.RestartStrategy;
import dev.keyling.RestartStrategy.ExponentialDelay;
import dev.keyling.RestartStrategy.FailureRate;
import dev.keyling.RestartStrategy.FixedDelay;
import dev.keyling.RestartStrategy.None;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decides by the restart strategy whether there is another attempt; delays are not waited for. */
final class Restarts {
  private final RestartStrategy strategy;
  private final InstantSource clock;
  private final Deque<Long> recent = new ArrayDeque<>();
  private int restarts;

  Restarts(RestartStrategy strategy, InstantSource clock) {
    this.strategy = strategy;
    this.clock = clock;
  }

  /** Tells whether a failure, now, is followed by another attempt. */
  boolean anotherAttempt() {
    boolean another;
    if (strategy instanceof None) {
      another = false;
    } else if (strategy instanceof FixedDelay fixed) {
      another = restarts < fixed.attempts();
    } else if (strategy instanceof ExponentialDelay exponential) {
      another = restarts < exponential.attempts();
    } else {
      another = isWithin((FailureRate) strategy);
    }
    restarts++;
    return another;
  }

  private boolean isWithin(FailureRate rate) {
    long now = clock.millis();
    recent.add(now);
    recent.removeIf(failure -> now - failure >= rate.per().toMillis());
    return recent.size() <= rate.failures();
  }
}
