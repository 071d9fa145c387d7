package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.Counting.Count;
import org.junit.jupiter.api.Test;

class CountingTest {

  @Test
  void countsEachNumberByItself() {
    assertThat(Programs.run(Counting::of, 1L, 2L, 3L, 1L, 2L, 1L))
        .containsExactly(
            new Count(1, 1),
            new Count(2, 1),
            new Count(3, 1),
            new Count(1, 2),
            new Count(2, 2),
            new Count(1, 3));
  }
}
