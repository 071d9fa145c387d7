package dev.keyling.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StopwatchTest {
  private static final long SECOND = 1_000_000_000;

  private long now = -7 * SECOND;
  private final Stopwatch stopwatch = new Stopwatch(10, () -> now);

  private void takeAt(long second, long number) {
    now = second * SECOND;
    stopwatch.take(number);
  }

  @Test
  void runsFromTheEndOfTheWarmUpWhichIsTheMeanOfTwoLanes() {
    takeAt(-7, 0);
    takeAt(-5, 1);
    takeAt(-1, 9);
    takeAt(0, 11);
    takeAt(1, 13);
    takeAt(4, 10);
    takeAt(5, 12);
    now = 8 * SECOND;
    stopwatch.end();
    assertThat(stopwatch.warmUpSeconds()).isCloseTo(8, within(1e-6));
    assertThat(stopwatch.seconds()).isCloseTo(6, within(1e-6));
  }

  @Test
  void endsWithTheLastThatIsOut() {
    takeAt(0, 10);
    takeAt(0, 11);
    now = SECOND;
    stopwatch.end();
    now = 3 * SECOND;
    stopwatch.end();
    assertThat(stopwatch.seconds()).isCloseTo(3, within(1e-6));
  }
}
