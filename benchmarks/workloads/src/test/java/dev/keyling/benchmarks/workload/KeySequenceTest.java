package dev.keyling.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.benchmarks.workload.KeySequence.Distribution;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeySequenceTest {
  private static final int EVENTS = 20_000;

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void evenAndOddEventsHaveOtherKeysWhereTheyAreToldTo(Distribution distribution) {
    for (int size : new int[] {2, 3, 10, 101}) {
      KeySequence keys = new KeySequence(size, distribution, true, true);
      for (int event = 0; event < EVENTS; event++) {
        assertThat(keys.indexOf(event)).isBetween(0, size - 1).matches(sameLane(event));
      }
      assertThat(LongStream.range(0, EVENTS).map(keys::indexOf).distinct()).hasSize(size);
    }
  }

  private static java.util.function.Predicate<Integer> sameLane(int event) {
    return index -> (index & 1) == (event & 1);
  }

  @Test
  void zipfBringsFewKeysOften() {
    KeySequence keys = new KeySequence(1000, Distribution.zipf, false);
    int[] counts = new int[1000];
    IntStream.range(0, EVENTS).forEach(event -> counts[keys.indexOf(event)]++);
    assertThat(counts[0]).isBetween(EVENTS / 9, EVENTS / 6);
    assertThat(counts[1]).isBetween(EVENTS / 18, EVENTS / 12);
  }

  @Test
  void theNextEventIsNeverEarlier() {
    KeySequence keys = new KeySequence(1_000_000, Distribution.uniform, false);
    for (int event = 1; event < EVENTS; event++) {
      assertThat(keys.timeOf(event)).isGreaterThanOrEqualTo(keys.timeOf(event - 1));
    }
  }
}
