package dev.keyling.kernel;

import dev.keyling.time.TimeDomain;
import java.time.InstantSource;

/** The time by which entries expire and are stamped. It stands still during a turn. */
final class TurnTime {
  private static final long UNREAD = Long.MIN_VALUE;

  private final InstantSource clock;
  private long processing = UNREAD;
  private long watermark = Long.MIN_VALUE;
  private long timestamp = Outputs.NO_TIMESTAMP;

  TurnTime(InstantSource clock) {
    this.clock = clock;
  }

  /** The turns to come begin with this watermark. */
  void startAt(long current) {
    watermark = current;
  }

  /** The watermark has got there, or is further. The end of the input is not a time. */
  void watermark(long current) {
    if (current != Long.MAX_VALUE) {
      watermark = Math.max(watermark, current);
    }
  }

  /** A turn begins: of an element or event timer with a timestamp, or of one without. */
  void begin(long eventTimestamp) {
    processing = UNREAD;
    timestamp = eventTimestamp;
  }

  long now(TimeDomain domain) {
    return domain == TimeDomain.EVENT_TIME ? watermark : processing();
  }

  /** Returns the time for a stamp; {@link EntryValue#NO_STAMP} if nobody has told a time yet. */
  long forStamp(TimeDomain domain) {
    return domain == TimeDomain.EVENT_TIME ? Math.max(watermark, timestamp) : processing();
  }

  private long processing() {
    if (processing == UNREAD) {
      processing = clock.millis();
    }
    return processing;
  }
}
