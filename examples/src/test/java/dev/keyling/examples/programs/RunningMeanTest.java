package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.examples.programs.CountWindowAverage.Reading;
import dev.keyling.examples.programs.RunningMean.Mean;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import org.junit.jupiter.api.Test;

class RunningMeanTest {

  @Test
  void givesTheMeanOfAllValuesOfAKey() {
    assertThat(
            Programs.run(
                RunningMean::of,
                new Reading("a", 3),
                new Reading("b", -7),
                new Reading("a", 4),
                new Reading("a", 8)))
        .containsExactly(
            new Mean("a", 3.0), new Mean("b", -7.0), new Mean("a", 3.5), new Mean("a", 5.0));
  }

  @Test
  void aSumThatOverflowsFailsAndChangesNothing() {
    KeyedTestHarness<String, Reading, Mean> harness =
        KeyedTestHarness.ofStep(
            Reading::key, Types.STRING, readings -> readings.map("mean", RunningMean::new));
    harness.processElement(new Reading("a", Long.MAX_VALUE));
    assertThatThrownBy(() -> harness.processElement(new Reading("a", 1)))
        .hasRootCauseMessage("long overflow");
    harness.takeOutput();
    harness.processElement(new Reading("a", -Long.MAX_VALUE));
    assertThat(harness.takeOutput()).containsExactly(new Mean("a", 0.0));
  }
}
