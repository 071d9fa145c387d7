package dev.keyling.window;

import dev.keyling.time.TimeDomain;
import java.time.Duration;

/**
 * Says when a window fires. One object serves all windows of all keys, in several threads: what it
 * remembers of a window goes into the states of the {@link TriggerContext}. Semantics of Flink's.
 *
 * @param <T> of the elements
 */
public interface Trigger<T, W extends Window> {

  /**
   * Called for each element of the window, after it was added.
   *
   * @param timestamp of the element, {@link Long#MIN_VALUE} if it has none
   */
  TriggerResult onElement(T element, long timestamp, W window, TriggerContext ctx) throws Exception;

  /** Called when an event timer of the window is due; {@code time} is what it was set for. */
  TriggerResult onEventTime(long time, W window, TriggerContext ctx) throws Exception;

  /** Called when a processing timer of the window is due; {@code time} is what it was set for. */
  TriggerResult onProcessingTime(long time, W window, TriggerContext ctx) throws Exception;

  /** Called when the window is over, or part of another: removes its timers and states. */
  void clear(W window, TriggerContext ctx) throws Exception;

  /**
   * Called when windows have become this one, before {@link #clear} is called for each of them. A
   * trigger that does not have this method cannot be used for windows that merge.
   */
  default void onMerge(W window, TriggerContext ctx) throws Exception {
    throw new UnsupportedOperationException("this trigger cannot merge windows");
  }

  /** Tells whether it can be used for windows that merge: whether it has {@link #onMerge}. */
  default boolean canMerge() {
    try {
      return getClass().getMethod("onMerge", Window.class, TriggerContext.class).getDeclaringClass()
          != Trigger.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns this trigger, with the elements dropped whenever it fires. */
  default Trigger<T, W> purging() {
    return new PurgingTrigger<>(this);
  }

  /**
   * Fires when the watermark passes the end of the window, and once more for every element that
   * comes after that within the allowed lateness.
   */
  static Trigger<Object, Window> eventTime() {
    return EventTimeTrigger.AT_END;
  }

  /** Fires when the clock passes the end of the window. */
  static Trigger<Object, Window> processingTime() {
    return ProcessingTimeTrigger.AT_END;
  }

  /**
   * Fires for every so manyth element of the window, and not at its end.
   *
   * @param n 1 or more
   */
  static Trigger<Object, Window> count(long n) {
    return new CountTrigger(n);
  }

  /**
   * Fires again and again, at the times that are multiples of the interval, from the first element
   * on; in event time also at the end of the window, and for every element after that.
   *
   * @param interval 1 ms or more
   */
  static Trigger<Object, Window> continuous(TimeDomain domain, Duration interval) {
    long millis = Millis.positive("the interval of a continuous trigger", interval);
    return domain == TimeDomain.EVENT_TIME
        ? new ContinuousEventTimeTrigger(millis)
        : new ContinuousProcessingTimeTrigger(millis);
  }
}
