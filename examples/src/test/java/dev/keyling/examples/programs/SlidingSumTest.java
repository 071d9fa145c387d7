package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.examples.programs.SlidingSum.Sum;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingSumTest {
  private static final long LENGTH = 300;

  private record TimedReading(long time, Reading reading) {}

  /** The sum at a time of all readings of a key that are less than the length old. */
  private static Sum sum(String key, long now, List<TimedReading> readings) {
    return new Sum(
        key,
        readings.stream()
            .filter(each -> each.reading().key().equals(key) && each.time() > now - LENGTH)
            .mapToLong(each -> each.reading().value())
            .sum());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesTheSumWheneverAValueComesOrGetsTooOldAndForgetsTheKeyWithItsLast(boolean restarting) {
    Random random = new Random(3);
    var harness =
        KeyedTestHarness.<String, Reading, Sum>ofStep(
            Reading::key,
            Types.STRING,
            keyed ->
                keyed.stateful(
                    "sum",
                    Types.of(SlidingSum.Window.class),
                    (ctx, snapshot) ->
                        new SlidingSum(ctx.clock(), Duration.ofMillis(LENGTH), snapshot)));
    harness.restartEveryElement(restarting);
    List<TimedReading> readings = new ArrayList<>();
    List<Sum> expected = new ArrayList<>();
    TreeSet<Long> ends = new TreeSet<>();
    long now = 0;
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(200);
      for (Long end; (end = ends.isEmpty() ? null : ends.first()) != null && end <= now; ) {
        ends.remove(end);
        expected.add(sum("a", end, readings));
      }
      harness.setProcessingTime(now);
      Reading reading = new Reading("a", random.nextInt(100) - 50);
      readings.add(new TimedReading(now, reading));
      ends.add(now + LENGTH);
      harness.processElement(reading);
      expected.add(sum("a", now, readings));
    }
    ends.forEach(end -> expected.add(sum("a", end, readings)));
    harness.setProcessingTime(now + LENGTH);
    assertThat(harness.takeOutput()).isEqualTo(expected);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }
}
