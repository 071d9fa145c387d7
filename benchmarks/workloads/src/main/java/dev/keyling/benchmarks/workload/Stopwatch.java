package dev.keyling.benchmarks.workload;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * From when to when is measured. It runs from the first event after the warm-up that is taken,
 * which is the mean of two moments: the even and the odd events are taken apart, and one of these
 * lanes may be ahead of the other. Whoever takes events asks for each. Thread-safe.
 */
public final class Stopwatch {
  private static final double SECOND = 1e9;

  private final long warmUp;
  private final LongSupplier nanoTime;
  private final AtomicLong began = new AtomicLong();
  private final AtomicLong warm = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  /**
   * Measures all but the first events.
   *
   * @param warmUp how many; at least two
   */
  public Stopwatch(long warmUp) {
    this(warmUp, System::nanoTime);
  }

  Stopwatch(long warmUp, LongSupplier nanoTime) {
    this.warmUp = warmUp;
    this.nanoTime = nanoTime;
  }

  /** The event of this number is taken: once for each number, in the order of a lane. */
  public void take(long number) {
    if (number < 2) {
      began.addAndGet(nanoTime.getAsLong() / 2);
    } else if (number == warmUp || number == warmUp + 1) {
      warm.addAndGet(nanoTime.getAsLong() / 2);
    }
  }

  /** All that has come out so far is out; the last call counts. */
  public void end() {
    ended.set(nanoTime.getAsLong());
  }

  /** Returns how long it took from the end of the warm-up to the end. */
  public double seconds() {
    return (ended.get() - warm.get()) / SECOND;
  }

  /** Returns how long the warm-up took. */
  public double warmUpSeconds() {
    return (warm.get() - began.get()) / SECOND;
  }
}
