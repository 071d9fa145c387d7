package dev.keyling.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimetableTest {
  private static final long MILLI = 1_000_000;

  private final AtomicLong now = new AtomicLong(-5);
  private final Timetable timetable = new Timetable(100, now::get);

  @Test
  void noEventIsEarly() {
    assertThat(timetable.isDue(0)).isTrue();
    assertThat(timetable.isDue(1)).isFalse();
    now.addAndGet(10 * MILLI - 1);
    assertThat(timetable.isDue(1)).isFalse();
    now.incrementAndGet();
    assertThat(timetable.isDue(1)).isTrue();
    assertThat(timetable.isDue(2)).isFalse();
  }

  @Test
  void whatIsLateKeepsItsTime() {
    timetable.isDue(0);
    now.addAndGet(50 * MILLI);
    assertThat(timetable.isDue(5)).isTrue();
    assertThat(timetable.nanosSince(0)).isEqualTo(50 * MILLI);
    assertThat(timetable.nanosSince(4)).isEqualTo(10 * MILLI);
    assertThat(timetable.nanosSince(5)).isZero();
  }
}
