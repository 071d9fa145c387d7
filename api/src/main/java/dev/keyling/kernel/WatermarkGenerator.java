package dev.keyling.kernel;

import dev.keyling.time.WatermarkStrategy;
import java.time.Duration;

/**
 * The watermark of one source partition, by its strategy. Knows no clock: the caller says what time
 * it is, in ms since 1970. For one thread.
 */
public final class WatermarkGenerator {
  private static final long NEVER = Long.MAX_VALUE;

  private final boolean none;
  private final long boundMillis;
  private final long idleMillis;
  private long greatest = Long.MIN_VALUE;
  private long quietSince = NEVER;

  private WatermarkGenerator(WatermarkStrategy strategy) {
    this.none = strategy.isNone();
    this.boundMillis = strategy.bound().map(WatermarkGenerator::millis).orElse(0L);
    this.idleMillis = strategy.idleness().map(WatermarkGenerator::millis).orElse(NEVER);
  }

  /** Makes a generator that saw nothing yet. */
  public static WatermarkGenerator of(WatermarkStrategy strategy) {
    return new WatermarkGenerator(strategy);
  }

  /** Takes note of an element. */
  public void onElement(long timestamp, long nowMillis) {
    greatest = Math.max(greatest, timestamp);
    quietSince = nowMillis;
  }

  /** Returns the watermark, which never goes back; {@link Long#MIN_VALUE} before the first. */
  public long watermark() {
    if (none || greatest < Long.MIN_VALUE + 1 + boundMillis) {
      return Long.MIN_VALUE;
    }
    return greatest - boundMillis - 1;
  }

  /**
   * Tells whether no element came for the idle timeout, counted from the last element or, before
   * there was one, from the first time that this was asked. Without a timeout it is never idle.
   */
  public boolean isIdle(long nowMillis) {
    if (quietSince == NEVER) {
      quietSince = nowMillis;
    }
    return idleMillis != NEVER && nowMillis - quietSince >= idleMillis;
  }

  /** Returns what a restart has to remember. */
  public long state() {
    return greatest;
  }

  /** Goes on from what {@link #state} returned: nothing is less late than it was. */
  public void restore(long state) {
    greatest = Math.max(greatest, state);
  }

  /** Rounds up, and down to what a long can hold. */
  private static long millis(Duration duration) {
    try {
      return duration.plusNanos(999_999).toMillis();
    } catch (ArithmeticException e) {
      return NEVER - 1;
    }
  }
}
