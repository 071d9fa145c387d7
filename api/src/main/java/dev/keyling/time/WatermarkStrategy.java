package dev.keyling.time;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream's timestamps lag behind each other, and so when event time moves on: the
 * watermark is the greatest timestamp so far, less the bound, less 1 ms. Immutable.
 */
public final class WatermarkStrategy {
  private static final WatermarkStrategy NONE = new WatermarkStrategy(null, null);

  private final @Nullable Duration bound;
  private final @Nullable Duration idleness;

  private WatermarkStrategy(@Nullable Duration bound, @Nullable Duration idleness) {
    this.bound = bound;
    this.idleness = idleness;
  }

  /** Event time never moves on, except at the end of the input. */
  public static WatermarkStrategy noWatermarks() {
    return NONE;
  }

  /** No timestamp is lower than one before it: a bound of 0. */
  public static WatermarkStrategy forMonotonousTimestamps() {
    return forBoundedOutOfOrderness(Duration.ZERO);
  }

  /**
   * Timestamps are at most the bound behind the greatest before them; what lags more is late.
   *
   * @param bound 0 or more; a part of a millisecond counts as one
   * @throws IllegalArgumentException if the bound is negative
   */
  public static WatermarkStrategy forBoundedOutOfOrderness(Duration bound) {
    if (bound.isNegative()) {
      throw new IllegalArgumentException("the bound must be 0 or more, not " + bound);
    }
    return new WatermarkStrategy(bound, null);
  }

  /**
   * Returns this strategy with idle partitions: one that had no element for so long, by the clock,
   * no longer holds back the watermark of what it flows into.
   *
   * @throws IllegalArgumentException if the timeout is not greater than 0
   */
  public WatermarkStrategy withIdleness(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the idle timeout must be greater than 0, not " + timeout);
    }
    return new WatermarkStrategy(bound, timeout);
  }

  /** Tells whether there are no watermarks. */
  public boolean isNone() {
    return bound == null;
  }

  /** Returns the bound; empty if there are no watermarks. */
  public Optional<Duration> bound() {
    return Optional.ofNullable(bound);
  }

  /** Returns after how long without elements a partition is idle; empty for never. */
  public Optional<Duration> idleness() {
    return Optional.ofNullable(idleness);
  }
}
