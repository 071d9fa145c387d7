package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.CountWindowAverage.Average;
import dev.keyling.examples.programs.CountWindowAverage.Reading;
import org.junit.jupiter.api.Test;

class CountWindowAverageTest {

  @Test
  void averagesTwoValuesAndStartsAgain() {
    assertThat(
            Programs.run(
                CountWindowAverage::of,
                new Reading("1", 3),
                new Reading("1", 5),
                new Reading("1", 7),
                new Reading("1", 4),
                new Reading("1", 2)))
        .containsExactly(new Average("1", 4), new Average("1", 5));
  }

  @Test
  void keepsKeysApart() {
    assertThat(
            Programs.run(
                CountWindowAverage::of,
                new Reading("a", 1),
                new Reading("b", 100),
                new Reading("a", 3)))
        .containsExactly(new Average("a", 2));
  }

  @Test
  void roundsTowardsZero() {
    assertThat(Programs.run(CountWindowAverage::of, new Reading("a", -2), new Reading("a", -5)))
        .containsExactly(new Average("a", -3));
  }
}
