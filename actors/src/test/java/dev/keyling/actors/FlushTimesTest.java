package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlushTimesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @Test
  void theGroupsOfAStepWriteOneAfterTheOther() {
    List<FlushTimes> groups =
        IntStream.range(0, 4).mapToObj(group -> new FlushTimes(INTERVAL, group, 4)).toList();
    assertThat(groups.stream().map(FlushTimes::next))
        .containsExactly(
            Duration.ofMillis(2_500),
            Duration.ofMillis(5_000),
            Duration.ofMillis(7_500),
            Duration.ofMillis(10_000));
    assertThat(groups.stream().map(FlushTimes::next)).containsOnly(INTERVAL);
  }

  @Test
  void noGroupWaitsLongerThanTheInterval() {
    assertThat(new FlushTimes(INTERVAL, 7, 8).next()).isEqualTo(INTERVAL);
    assertThat(new FlushTimes(INTERVAL, 0, 1).next()).isEqualTo(INTERVAL);
  }
}
