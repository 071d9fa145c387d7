package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.Presence.Absence;
import dev.keyling.examples.programs.Sessions.Event;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final KeyedTestHarness<String, Event, Absence> harness =
      KeyedTestHarness.of(
          Event::key, Types.STRING, ctx -> new Presence(ctx, Duration.ofMinutes(10)));

  private static Instant minute(long minute) {
    return Instant.ofEpochMilli(minute * MINUTE);
  }

  private void seen(String key, long minute) {
    harness.processElement(new Event(key, minute(minute)), minute * MINUTE);
  }

  @Test
  void tellsOfWhoeverIsNotSeenAndKeepsNothingOfThem() {
    seen("u", 0);
    seen("v", 1);
    seen("u", 5);
    harness.processWatermark(12 * MINUTE);
    assertThat(harness.takeOutput()).containsExactly(new Absence("v", minute(1)));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    harness.processWatermark(16 * MINUTE);
    assertThat(harness.takeOutput()).containsExactly(new Absence("u", minute(5)));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void tellsOnceOfWhoeverComesBackHoweverFarTheWatermarkIs() {
    for (long watermark : new long[] {0, 9, 10, 20}) {
      seen("u" + watermark, 0);
      harness.processWatermark(watermark * MINUTE);
      seen("u" + watermark, 20);
      assertThat(harness.takeOutput()).containsExactly(new Absence("u" + watermark, minute(0)));
    }
  }

  @Test
  void anOlderEventMakesNobodyOlder() {
    seen("u", 5);
    seen("u", 4);
    harness.endInput();
    assertThat(harness.takeOutput()).containsExactly(new Absence("u", minute(5)));
  }

  @Test
  void everybodyGoesWhenTheInputEnds() {
    Stream.of("u", "v").forEach(key -> seen(key, 3));
    harness.restartEveryElement(true);
    harness.endInput();
    assertThat(harness.takeOutput())
        .containsExactlyInAnyOrder(new Absence("u", minute(3)), new Absence("v", minute(3)));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }
}
