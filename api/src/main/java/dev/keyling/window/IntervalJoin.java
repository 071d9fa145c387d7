package dev.keyling.window;

import dev.keyling.KeyedStream;
import java.time.Duration;

/** Two keyed streams of one dataflow that are to be joined by time. */
public record IntervalJoin<K, L, R>(KeyedStream<K, L> left, KeyedStream<K, R> right) {

  /**
   * Joins each left element with those right ones of its key whose timestamps are from {@code left
   * + lower} to {@code left + upper}, both included.
   *
   * @param lower of either sign, in whole milliseconds
   * @param upper not less than {@code lower}
   * @throws IllegalArgumentException if it is
   */
  public IntervalJoined<K, L, R> between(Duration lower, Duration upper) {
    long from = Millis.of("the lower bound", lower);
    long to = Millis.of("the upper bound", upper);
    if (from > to) {
      throw new IllegalArgumentException(
          "the lower bound of an interval join must not be above the upper one, %s is above %s"
              .formatted(lower, upper));
    }
    return new IntervalJoined<>(left, right, new Interval(from, to), null, null);
  }
}
