package dev.keyling.sharding.job;

import dev.keyling.sharding.lane.LaneEvent;
import java.util.Arrays;

/** How far the lanes of a step have come in event time. */
final class LaneProgress {
  private final long[] watermarks;
  private final boolean[] idle;
  private final boolean[] ended;
  private long stored;
  private boolean endTaken;

  LaneProgress(int lanes, long restored) {
    stored = restored;
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
      stored = Math.max(stored, least());
      ended[lane] = true;
      watermarks[lane] = Long.MAX_VALUE;
    }
  }

  boolean allIdle() {
    for (boolean one : idle) {
      if (!one) {
        return false;
      }
    }
    return true;
  }

  /** Returns the least watermark of the lanes that are not idle. */
  long watermark() {
    return allIdle() ? Long.MIN_VALUE : least();
  }

  private long least() {
    long least = Long.MAX_VALUE;
    boolean any = false;
    for (int lane = 0; lane < watermarks.length; lane++) {
      if (!idle[lane]) {
        least = Math.min(least, watermarks[lane]);
        any = true;
      }
    }
    return any ? least : Long.MIN_VALUE;
  }

  /** Returns the watermark to be stored: the end of input is not a time, and is never stored. */
  long storable(long watermark) {
    return watermark == Long.MAX_VALUE ? stored : watermark;
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
