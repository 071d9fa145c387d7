package dev.keyling.sharding.job;

import dev.keyling.sharding.lane.LaneEvent;
import java.util.Arrays;

/** How far the lanes of a step have come in event time. */
final class LaneProgress {
  private final long[] watermarks;
  private final boolean[] idle;
  private final boolean[] ended;
  private boolean endTaken;

  LaneProgress(int lanes) {
    watermarks = new long[lanes];
    Arrays.fill(watermarks, Long.MIN_VALUE);
    idle = new boolean[lanes];
    ended = new boolean[lanes];
  }

  void advance(int lane, LaneEvent.Control event) {
    if (event instanceof LaneEvent.Watermark mark) {
      watermarks[lane] = Math.max(watermarks[lane], mark.time());
    } else if (event instanceof LaneEvent.Idle is) {
      idle[lane] = is.idle();
    } else if (event instanceof LaneEvent.End) {
      ended[lane] = true;
    }
  }

  /** Tells whether lanes are left, and nothing is to be expected of any of them for now. */
  boolean allIdle() {
    boolean any = false;
    for (int lane = 0; lane < ended.length; lane++) {
      if (!ended[lane] && !idle[lane]) {
        return false;
      }
      any |= !ended[lane];
    }
    return any;
  }

  /**
   * Returns the least watermark of the lanes that have not ended and are not idle. When all that
   * are left are idle, nobody can be made late by the greatest of theirs; when none is left, time
   * has come to its end.
   */
  long watermark() {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    boolean anyIdle = false;
    boolean anyActive = false;
    for (int lane = 0; lane < ended.length; lane++) {
      if (!ended[lane] && idle[lane]) {
        greatest = Math.max(greatest, watermarks[lane]);
        anyIdle = true;
      } else if (!ended[lane]) {
        least = Math.min(least, watermarks[lane]);
        anyActive = true;
      }
    }
    return anyIdle && !anyActive ? greatest : least;
  }

  /** Tells, once, that all lanes have ended. */
  boolean takeEnd() {
    for (boolean one : ended) {
      if (!one) {
        return false;
      }
    }
    boolean first = !endTaken;
    endTaken = true;
    return first;
  }
}
