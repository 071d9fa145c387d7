package dev.keyling.operator;

import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimerService;
import java.time.Instant;

/** The one processing-time timer of a key, which setting it again moves. */
final class PendingTime {
  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);

  private final ValueState<Long> pending;

  /**
   * @param name of the state that says when
   */
  PendingTime(RuntimeContext ctx, String name) {
    pending = ctx.getState(new ValueStateDescriptor<>(name, Types.LONG));
  }

  /** Sets it for a time from now, in ms; a sum that is too large is never. */
  void in(long ms, TimerService timers) {
    long now = timers.currentProcessingTime();
    at(now > Long.MAX_VALUE - ms ? Long.MAX_VALUE : now + ms, timers);
  }

  /** Sets it for a time: not before it, where that is finer than a millisecond. */
  void at(Instant time, TimerService timers) {
    at(
        time.isBefore(Instant.EPOCH) ? 0 : time.isAfter(LAST) ? Long.MAX_VALUE : ceiling(time),
        timers);
  }

  private static long ceiling(Instant time) {
    long ms = time.toEpochMilli();
    return Instant.ofEpochMilli(ms).isBefore(time) ? ms + 1 : ms;
  }

  private void at(long time, TimerService timers) {
    Long before = pending.value();
    if (before == null || before != time) {
      cancel(timers);
      pending.update(time);
      timers.registerProcessingTimeTimer(time);
    }
  }

  /** Says that it has fired; returns false if it has been moved meanwhile. */
  boolean fired(long time) {
    Long due = pending.value();
    boolean is = due != null && due == time;
    if (is) {
      pending.clear();
    }
    return is;
  }

  boolean isSet() {
    return pending.value() != null;
  }

  /** Takes it away, if it is set. */
  void cancel(TimerService timers) {
    Long before = pending.value();
    if (before != null) {
      timers.deleteProcessingTimeTimer(before);
      pending.clear();
    }
  }
}
