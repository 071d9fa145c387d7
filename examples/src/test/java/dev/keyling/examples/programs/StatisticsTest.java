package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.examples.programs.Statistics.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void givesWhatTheJdkComputesOfTheSameValues() {
    Random random = new Random(42);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      readings.add(new Reading("k" + random.nextInt(20), random.nextInt(2001) - 1000));
    }
    Map<String, LongSummaryStatistics> expected =
        readings.stream()
            .collect(
                Collectors.groupingBy(Reading::key, Collectors.summarizingLong(Reading::value)));
    List<Summary> given = Programs.run(Statistics::of, readings);
    assertThat(given).hasSize(20);
    assertThat(given)
        .allSatisfy(
            summary -> {
              LongSummaryStatistics of = expected.get(summary.key());
              assertThat(summary)
                  .isEqualTo(
                      new Summary(
                          summary.key(),
                          of.getCount(),
                          of.getSum(),
                          of.getAverage(),
                          of.getMin(),
                          of.getMax()));
            });
  }

  @Test
  void failsRatherThanGiveAWrongSum() {
    assertThatThrownBy(
            () ->
                Programs.run(Statistics::of, new Reading("u", Long.MAX_VALUE), new Reading("u", 1)))
        .hasStackTraceContaining("long overflow");
  }
}
