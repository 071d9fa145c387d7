package dev.keyling.examples.cli;

import java.util.function.LongSupplier;

/**
 * Allows so many elements per second. Who was held up may catch up, by a second's worth at most.
 * Thread-safe.
 */
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  private final long perSecond;
  private final LongSupplier nanoTime;
  private boolean started;
  private long since;
  private long taken;

  /**
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  Pace(long perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /** Takes the right to one element; false if it is too early for it. */
  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    long behind = started ? now - since - due() : Long.MAX_VALUE;
    if (behind < 0) {
      return false;
    }
    if (behind > SECOND) {
      since = started ? now - SECOND : now;
      taken = 0;
      started = true;
    }
    taken++;
    return true;
  }

  /** When the next element is due, counted from the start. */
  private long due() {
    return (long) (taken * (double) SECOND / perSecond);
  }
}
