package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.programs.Sessions.Event;
import dev.keyling.examples.programs.Sessions.Session;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Duration GAP = Duration.ofSeconds(10);

  private final KeyedTestHarness<String, Event, Session> harness =
      KeyedTestHarness.of(Event::key, Types.STRING, ctx -> new Sessions(ctx, GAP));

  private void events(long... seconds) {
    for (long second : seconds) {
      harness.processElement(event(second), second * 1000);
    }
  }

  private void watermark(long second) {
    harness.processWatermark(second * 1000);
  }

  private static Event event(long second) {
    return new Event("k", Instant.ofEpochSecond(second));
  }

  private static Session session(long start, long end, long events) {
    return new Session("k", Instant.ofEpochSecond(start), Instant.ofEpochSecond(end), events);
  }

  @Test
  void keepsEventsAGapApartTogetherAndPartsThoseFurtherApart() {
    events(0, 10, 21);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.takeOutput()).containsExactly(session(0, 10, 2), session(21, 21, 1));
  }

  @Test
  void endsASessionWhenNoEventOfItCanComeAnyMore() {
    events(0);
    harness.processWatermark(9_999);
    assertThat(harness.takeOutput()).isEmpty();
    watermark(10);
    assertThat(harness.takeOutput()).containsExactly(session(0, 0, 1));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void extendsASessionAtItsStart() {
    events(20, 12, 5);
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.takeOutput()).containsExactly(session(5, 20, 3));
  }

  @Test
  void opensASessionBeforeAnother() {
    events(40, 5);
    assertThat(harness.numEventTimeTimers()).isEqualTo(2);
    watermark(15);
    assertThat(harness.takeOutput()).containsExactly(session(5, 5, 1));
    watermark(50);
    assertThat(harness.takeOutput()).containsExactly(session(40, 40, 1));
  }

  @Test
  void joinsTwoSessionsByAnEventBetweenThem() {
    events(0, 16, 8);
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    watermark(26);
    assertThat(harness.takeOutput()).containsExactly(session(0, 16, 3));
  }

  @Test
  void takesAnEventBehindTheWatermarkWhoseSessionIsOpen() {
    events(30);
    watermark(29);
    events(21);
    watermark(40);
    assertThat(harness.takeOutput()).containsExactly(session(21, 30, 2));
    assertThat(harness.takeSideOutput(Sessions.LATE)).isEmpty();
  }

  @Test
  void putsAnEventAsideWhoseSessionHasEnded() {
    events(0);
    watermark(60);
    events(5, 50, 51);
    assertThat(harness.takeSideOutput(Sessions.LATE)).containsExactly(event(5), event(50));
    harness.processWatermark(Long.MAX_VALUE);
    assertThat(harness.takeOutput()).containsExactly(session(0, 0, 1), session(51, 51, 1));
  }

  @Test
  void doesNotDependOnTheOrderOfEventsThatAreNotTooLate() {
    Duration lateness = Duration.ofSeconds(35);
    for (long seed = 0; seed < 200; seed++) {
      List<Event> events = ShuffledEvents.of(seed, 4, 120, GAP.dividedBy(2), lateness);
      List<Session> sessions = Programs.run(stream -> Sessions.of(stream, GAP, lateness), events);
      assertThat(sessions)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(NaiveSessions.of(events, GAP));
    }
  }

  @Test
  void doesNotDependOnRestartsAndWatermarksInBetween() {
    Duration lateness = Duration.ofSeconds(25);
    for (long seed = 0; seed < 20; seed++) {
      List<Event> events = ShuffledEvents.of(seed, 3, 60, GAP.dividedBy(2), lateness);
      KeyedTestHarness<String, Event, Session> restarted =
          KeyedTestHarness.of(Event::key, Types.STRING, ctx -> new Sessions(ctx, GAP));
      restarted.restartEveryElement(true);
      long newest = Long.MIN_VALUE;
      for (Event event : events) {
        long time = event.time().toEpochMilli();
        restarted.processElement(event, time);
        newest = Math.max(newest, time);
        restarted.processWatermark(newest - lateness.toMillis() - 1);
      }
      restarted.processWatermark(Long.MAX_VALUE);
      assertThat(restarted.takeSideOutput(Sessions.LATE)).isEmpty();
      assertThat(restarted.takeOutput())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(NaiveSessions.of(events, GAP));
    }
  }

  @Test
  void endsSessionsThatWereOpenedWithAnotherGap() {
    events(0);
    KeyedTestHarness<String, Event, Session> patient =
        KeyedTestHarness.of(
            Event::key, Types.STRING, ctx -> new Sessions(ctx, GAP.multipliedBy(2)));
    KeyedTestHarness<String, Event, Session> continued = patient.restore(harness.snapshot());
    continued.processWatermark(10_000);
    assertThat(continued.takeOutput()).isEmpty();
    continued.processWatermark(20_000);
    assertThat(continued.takeOutput()).containsExactly(session(0, 0, 1));
  }
}
