package dev.keyling.window;

/**
 * The time from a start to an end, in ms since 1970.
 *
 * @param end the first millisecond that does not belong to it any more
 */
public record TimeWindow(long start, long end) implements Window {

  /**
   * @throws IllegalArgumentException if it does not end after it starts
   */
  public TimeWindow {
    if (start >= end) {
      throw new IllegalArgumentException(
          "a window ends after it starts, this one starts at %d and ends at %d"
              .formatted(start, end));
    }
  }

  @Override
  public long maxTimestamp() {
    return end - 1;
  }

  /** Tells whether both have a millisecond in common, or one begins where the other ends. */
  public boolean touches(TimeWindow other) {
    return start <= other.end && other.start <= end;
  }

  /** Returns the smallest window that has both in it. */
  public TimeWindow cover(TimeWindow other) {
    return new TimeWindow(Math.min(start, other.start), Math.max(end, other.end));
  }
}
