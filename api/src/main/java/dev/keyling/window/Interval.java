package dev.keyling.window;

/** By how much a right element may be younger than a left one, in ms, both bounds included. */
record Interval(long lower, long upper) {

  boolean isEmpty() {
    return lower > upper;
  }

  /** Returns the same interval as a right element sees it. */
  Interval ofRight() {
    return new Interval(-upper, -lower);
  }

  boolean joins(long timestamp, long other) {
    return other >= timestamp + lower && other <= timestamp + upper;
  }

  /**
   * Returns how long an element has to be kept, for those of the other side that are to come: until
   * the watermark is past the last of them, since an element that is just at it still joins.
   */
  long lasting() {
    return Math.max(upper, 0) + 1;
  }
}
