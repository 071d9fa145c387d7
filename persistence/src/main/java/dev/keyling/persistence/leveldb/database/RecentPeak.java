package dev.keyling.persistence.leveldb.database;

/** The highest value of the last few seconds: of one to two spans. Not thread-safe. */
final class RecentPeak {

  private final long spanNanos;
  private long start;
  private long peak;
  private long peakBefore;

  RecentPeak(long spanNanos) {
    this.spanNanos = spanNanos;
  }

  /** Takes note of the value at this time. */
  void note(long value, long nanos) {
    if (nanos - start > spanNanos) {
      start = nanos;
      peakBefore = peak;
      peak = value;
    }
    peak = Math.max(peak, value);
  }

  /** Returns how far a value is below the peak. */
  long fall(long value) {
    return Math.max(0, Math.max(peak, peakBefore) - value);
  }
}
