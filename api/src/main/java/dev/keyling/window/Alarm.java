package dev.keyling.window;

import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.List;

/**
 * The timer of a key that wakes it for its windows: by the watermark at that time, by the clock
 * when that time is over, since as long as it lasts elements can come for a window that ends with
 * it.
 *
 * @param time what its windows have been set for
 */
record Alarm(TimeDomain domain, long time) {
  /** What is set for the end of time comes a little before, where a key can have a timer. */
  private static final long LAST = Long.MAX_VALUE - 2;

  /** Returns the one for a time. */
  static Alarm of(TimeDomain domain, long time) {
    return new Alarm(domain, Math.min(time, LAST));
  }

  /** Returns the one that a timer of the key is. */
  static Alarm at(TimeDomain domain, long timer) {
    return new Alarm(domain, domain == TimeDomain.EVENT_TIME ? timer : timer - 1);
  }

  /** Returns all times that it is for. */
  List<Long> times() {
    return time == LAST ? List.of(LAST, LAST + 1, LAST + 2) : List.of(time);
  }

  void set(TimerService ofKey) {
    if (domain == TimeDomain.EVENT_TIME) {
      ofKey.registerEventTimeTimer(time);
    } else {
      ofKey.registerProcessingTimeTimer(time + 1);
    }
  }

  void unset(TimerService ofKey) {
    if (domain == TimeDomain.EVENT_TIME) {
      ofKey.deleteEventTimeTimer(time);
    } else {
      ofKey.deleteProcessingTimeTimer(time + 1);
    }
  }
}
