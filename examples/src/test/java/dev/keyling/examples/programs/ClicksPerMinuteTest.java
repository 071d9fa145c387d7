package dev.keyling.examples.programs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.ClicksPerMinute.Click;
import dev.keyling.examples.programs.ClicksPerMinute.Clicks;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClicksPerMinuteTest {
  private static final Duration LATENESS = Duration.ofSeconds(90);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void countsWhatANaiveComputationCounts(long seed) {
    List<Click> clicks =
        ShuffledEvents.of(seed, 7, 2000, Duration.ofSeconds(5), LATENESS).stream()
            .map(event -> new Click("/" + event.key(), event.time()))
            .toList();
    List<Clicks> expected =
        clicks.stream()
            .collect(
                groupingBy(
                    click -> new Click(click.page(), click.time().truncatedTo(ChronoUnit.MINUTES)),
                    counting()))
            .entrySet()
            .stream()
            .map(each -> new Clicks(each.getKey().page(), each.getKey().time(), each.getValue()))
            .toList();
    assertThat(Programs.run(stream -> ClicksPerMinute.of(stream, LATENESS), clicks))
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
