package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.RestartStrategy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private static final Instant START = Instant.EPOCH;

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  @Test
  void noneNeverRestarts() {
    assertThat(new RestartPolicy(RestartStrategy.none()).failed(START)).isEmpty();
  }

  @Test
  void aFixedDelayRestartsSoOften() {
    RestartPolicy policy = new RestartPolicy(RestartStrategy.fixedDelay(2, Duration.ofSeconds(3)));
    assertThat(policy.failed(START)).contains(Duration.ofSeconds(3));
    assertThat(policy.failed(at(1))).contains(Duration.ofSeconds(3));
    assertThat(policy.failed(at(2))).isEmpty();
  }

  @Test
  void aFailureRateCountsTheFailuresOfSomeTime() {
    RestartPolicy policy =
        new RestartPolicy(
            RestartStrategy.failureRate(2, Duration.ofSeconds(10), Duration.ofSeconds(1)));
    assertThat(policy.failed(at(0))).isPresent();
    assertThat(policy.failed(at(5))).isPresent();
    assertThat(policy.failed(at(12))).isPresent();
    assertThat(policy.failed(at(13))).isEmpty();
  }

  @Test
  void anExponentialDelayGrowsToItsGreatestAndStartsAgainAfterAQuietTime() {
    RestartPolicy policy =
        new RestartPolicy(
            new RestartStrategy.ExponentialDelay(
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                2,
                0,
                Duration.ofSeconds(60),
                Integer.MAX_VALUE));
    assertThat(policy.failed(at(0))).contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(1))).contains(Duration.ofSeconds(2));
    assertThat(policy.failed(at(2))).contains(Duration.ofSeconds(4));
    assertThat(policy.failed(at(3))).contains(Duration.ofSeconds(5));
    assertThat(policy.failed(at(64))).contains(Duration.ofSeconds(1));
  }
}
