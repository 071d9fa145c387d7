package dev.keyling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Sinks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RestartStrategyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static void refused(ThrowingCallable making, String why) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static RestartStrategy exponential(
      Duration initial, Duration max, double multiplier, double jitter, Duration reset, int times) {
    return new RestartStrategy.ExponentialDelay(initial, max, multiplier, jitter, reset, times);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused(() -> RestartStrategy.fixedDelay(-1, SECOND), "at least 0, not -1");
    refused(() -> RestartStrategy.fixedDelay(1, SECOND.negated()), "not PT-1S");
    refused(() -> RestartStrategy.failureRate(0, SECOND, SECOND), "at least 1, not 0");
    refused(() -> RestartStrategy.failureRate(1, Duration.ZERO, SECOND), "more than 0");
    refused(() -> RestartStrategy.failureRate(1, SECOND, SECOND.negated()), "not PT-1S");
    refused(() -> exponential(Duration.ofNanos(1), SECOND, 2, 0, SECOND, 1), "at least 1 ms");
    refused(() -> exponential(SECOND, Duration.ofMillis(999), 2, 0, SECOND, 1), "PT0.999S");
    refused(() -> exponential(SECOND, SECOND, 0.9, 0, SECOND, 1), "multiplier");
    refused(() -> exponential(SECOND, SECOND, Double.NaN, 0, SECOND, 1), "multiplier");
    refused(() -> exponential(SECOND, SECOND, 2, -0.1, SECOND, 1), "jitter");
    refused(() -> exponential(SECOND, SECOND, 2, 1.1, SECOND, 1), "jitter");
    refused(() -> exponential(SECOND, SECOND, 2, 0, Duration.ZERO, 1), "more than 0");
    refused(() -> exponential(SECOND, SECOND, 2, 0, SECOND, -1), "at least 0, not -1");
  }

  @Test
  void withCheckpointsTheDefaultIsAnExponentialDelayElseNone() {
    Dataflow flow = Dataflow.named("flow");
    flow.fromCollection("in", List.of(1)).to("out", Sinks.collect(new ArrayList<>()));
    assertThat(flow.plan().restarts()).isEqualTo(RestartStrategy.none());
    flow.enableCheckpointing(SECOND);
    assertThat(flow.plan().restarts())
        .isEqualTo(
            exponential(
                SECOND, Duration.ofMinutes(1), 1.5, 0.1, Duration.ofHours(1), Integer.MAX_VALUE));
    flow.setRestartStrategy(RestartStrategy.none());
    assertThat(flow.plan().restarts()).isEqualTo(RestartStrategy.none());
  }
}
