package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.RestartStrategy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private static final Instant START = Instant.EPOCH;

  private double random = 0.5;

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private RestartPolicy policy(RestartStrategy strategy) {
    return new RestartPolicy(strategy, () -> random);
  }

  private static RestartStrategy exponential(double jitter, int attempts) {
    return new RestartStrategy.ExponentialDelay(
        Duration.ofSeconds(1), Duration.ofSeconds(5), 2, jitter, Duration.ofSeconds(60), attempts);
  }

  @Test
  void noneNeverRestarts() {
    assertThat(policy(RestartStrategy.none()).failed(START)).isEmpty();
  }

  @Test
  void aFixedDelayRestartsSoOften() {
    RestartPolicy policy = policy(RestartStrategy.fixedDelay(2, Duration.ofSeconds(3)));
    assertThat(policy.failed(START)).contains(Duration.ofSeconds(3));
    assertThat(policy.failed(at(1))).contains(Duration.ofSeconds(3));
    assertThat(policy.failed(at(2))).isEmpty();
  }

  @Test
  void aFixedDelayRestartsOnceAfterASecondIfNothingElseIsSaid() {
    RestartPolicy policy = policy(RestartStrategy.fixedDelay());
    assertThat(policy.failed(START)).contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(9_999))).isEmpty();
  }

  @Test
  void aFailureRateCountsTheFailuresOfSomeTime() {
    RestartPolicy policy =
        policy(RestartStrategy.failureRate(2, Duration.ofSeconds(10), Duration.ofSeconds(1)));
    assertThat(policy.failed(at(0))).contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(5))).isPresent();
    assertThat(policy.failed(at(12))).isPresent();
    assertThat(policy.failed(at(13))).isEmpty();
  }

  @Test
  void aFailureRateIsOneInAMinuteIfNothingElseIsSaid() {
    RestartPolicy policy = policy(RestartStrategy.failureRate());
    assertThat(policy.failed(at(0))).contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(61))).contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(120))).isEmpty();
  }

  @Test
  void anExponentialDelayGrowsToItsGreatest() {
    RestartPolicy policy = policy(exponential(0, Integer.MAX_VALUE));
    assertThat(policy.failed(at(0))).contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(1))).contains(Duration.ofSeconds(2));
    assertThat(policy.failed(at(2))).contains(Duration.ofSeconds(4));
    assertThat(policy.failed(at(3))).contains(Duration.ofSeconds(5));
    assertThat(policy.failed(at(4))).contains(Duration.ofSeconds(5));
  }

  @Test
  void anExponentialDelayStartsAgainWhenAnAttemptHasRunLongEnough() {
    RestartPolicy policy = policy(exponential(0, Integer.MAX_VALUE));
    policy.failed(at(0));
    assertThat(policy.failed(at(60))).as("ran for 59 s").contains(Duration.ofSeconds(2));
    assertThat(policy.failed(at(60 + 2 + 60))).as("ran for 60 s").contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(123))).contains(Duration.ofSeconds(2));
  }

  @Test
  void anExponentialDelayGivesUpAfterItsAttemptsAndAQuietTimeCountsAnew() {
    RestartPolicy policy = policy(exponential(0, 2));
    assertThat(policy.failed(at(0))).isPresent();
    assertThat(policy.failed(at(1))).isPresent();
    assertThat(policy.failed(at(100))).isPresent();
    assertThat(policy.failed(at(101))).isPresent();
    assertThat(policy.failed(at(102))).isEmpty();
  }

  @Test
  void jitterMakesADelayLongerOrShorterButNotLongerThanTheLongest() {
    RestartPolicy policy = policy(exponential(0.1, Integer.MAX_VALUE));
    random = 0;
    assertThat(policy.failed(at(0))).contains(Duration.ofMillis(900));
    random = 0.75;
    assertThat(policy.failed(at(1))).contains(Duration.ofMillis(2_100));
    policy.failed(at(2));
    assertThat(policy.failed(at(3))).contains(Duration.ofSeconds(5));
  }

  @Test
  void anExponentialDelayIsFromASecondToAMinuteForEverIfNothingElseIsSaid() {
    RestartPolicy policy = policy(RestartStrategy.exponentialDelay());
    assertThat(policy.failed(at(0))).contains(Duration.ofSeconds(1));
    assertThat(policy.failed(at(1))).contains(Duration.ofMillis(1_500));
    for (int i = 0; i < 100; i++) {
      policy.failed(at(2));
    }
    assertThat(policy.failed(at(2))).contains(Duration.ofMinutes(1));
  }
}
