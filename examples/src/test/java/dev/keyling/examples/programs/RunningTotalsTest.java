package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.examples.programs.RunningTotals.Total;
import org.junit.jupiter.api.Test;

class RunningTotalsTest {

  @Test
  void addsUpForEachUser() {
    assertThat(
            Programs.run(
                RunningTotals::of,
                new Payment("user1", 5000),
                new Payment("user2", 2000),
                new Payment("user1", 7000),
                new Payment("user2", -500)))
        .containsExactly(
            new Total("user1", 5000),
            new Total("user2", 2000),
            new Total("user1", 12000),
            new Total("user2", 1500));
  }

  @Test
  void failsRatherThanGiveAWrongTotal() {
    assertThatThrownBy(
            () ->
                Programs.run(
                    RunningTotals::of, new Payment("u", Long.MAX_VALUE), new Payment("u", 1)))
        .hasStackTraceContaining("long overflow");
  }
}
