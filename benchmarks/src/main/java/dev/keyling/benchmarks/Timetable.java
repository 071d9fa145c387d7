package dev.keyling.benchmarks;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * When the events of a workload are due, by a rate: never earlier, and whatever holds them up,
 * their time stays what it was. So a time without events counts for all that should have come in
 * it. Begins with the first question. Thread-safe.
 */
final class Timetable {
  private static final double SECOND = 1e9;
  private static final long NOT_YET = Long.MIN_VALUE;

  private final long perSecond;
  private final LongSupplier nanoTime;
  private final AtomicLong start = new AtomicLong(NOT_YET);

  /**
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  Timetable(long perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  boolean isDue(long event) {
    long now = nanoTime.getAsLong();
    start.compareAndSet(NOT_YET, now);
    return now - dueAt(event) >= 0;
  }

  /** Returns for how long an event has been due, in ns. Asked only when one has been. */
  long nanosSince(long event) {
    return nanoTime.getAsLong() - dueAt(event);
  }

  private long dueAt(long event) {
    return start.get() + (long) (event * SECOND / perSecond);
  }
}
