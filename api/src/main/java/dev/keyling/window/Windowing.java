package dev.keyling.window;

import dev.keyling.OutputTag;
import dev.keyling.function.Context;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Arrival;
import dev.keyling.time.TimeDomain;
import org.jspecify.annotations.Nullable;

/**
 * How a step is windowed: what the program has said of it. Assigner and trigger see elements as the
 * user knows them, who has typed both; inside, one of several inputs is wrapped.
 *
 * @param lateness in ms; how long after its end a window still takes elements, in event time
 */
@SuppressWarnings("unchecked") // they are given what they were typed for
record Windowing<K, T, W extends Window>(
    WindowAssigner<Object, W> assigner,
    Trigger<Object, ? super W> trigger,
    @Nullable Evictor<T, ? super W> evictor,
    long lateness,
    @Nullable Late<T> late,
    @Nullable OutputTag<ClosedWindow<K, W>> closed) {

  static <K, T, W extends Window> Windowing<K, T, W> by(WindowAssigner<? super T, W> assigner) {
    WindowAssigner<Object, W> any = (WindowAssigner<Object, W>) assigner;
    return new Windowing<>(any, any.defaultTrigger(), null, 0, null, null);
  }

  Windowing<K, T, W> with(Trigger<? super T, ? super W> other) {
    return new Windowing<>(
        assigner, (Trigger<Object, ? super W>) other, evictor, lateness, late, closed);
  }

  Windowing<K, T, W> with(Evictor<T, ? super W> other) {
    return new Windowing<>(assigner, trigger, other, lateness, late, closed);
  }

  Windowing<K, T, W> withLateness(long other) {
    return new Windowing<>(assigner, trigger, evictor, other, late, closed);
  }

  Windowing<K, T, W> withLate(Late<T> other) {
    return new Windowing<>(assigner, trigger, evictor, lateness, other, closed);
  }

  Windowing<K, T, W> withClosed(OutputTag<ClosedWindow<K, W>> other) {
    return new Windowing<>(assigner, trigger, evictor, lateness, late, other);
  }

  /** Tells whether windows end with the watermark. */
  boolean inEventTime() {
    return assigner.timeDomain() == TimeDomain.EVENT_TIME;
  }

  /** Returns the time by which an element belongs to its windows. */
  long timeOf(T value, Context<?> ctx, RuntimeContext own) {
    if (!inEventTime()) {
      return ctx.timerService().currentProcessingTime();
    }
    Long timestamp = ctx.timestamp();
    if (timestamp == null) {
      throw new IllegalStateException(
          "dataflow \"%s\" step \"%s\" key \"%s\": the element %s has no timestamp, by which windows in event time know it; put assignTimestampsAndWatermarks before keyBy, or take windows inProcessingTime()"
              .formatted(
                  own.dataflowName(), own.stepId(), ctx.getCurrentKey(), Arrival.unwrapped(value)));
    }
    return timestamp;
  }

  /** Returns when a window is forgotten. */
  long cleanupTime(W window) {
    long end = window.maxTimestamp();
    return end > Long.MAX_VALUE - lateness ? Long.MAX_VALUE : end + lateness;
  }

  /** Tells whether a window has been forgotten. */
  boolean isLate(W window, long watermark) {
    return inEventTime() && cleanupTime(window) <= watermark;
  }

  /** Tells whether an element that no window takes is one that came too late. */
  boolean isLate(long timestamp, long watermark) {
    return inEventTime() && timestamp + lateness <= watermark;
  }

  /** Tells whether a window is over with a timer of its. */
  boolean isOver(TimeDomain domain, long time, W window) {
    return domain == assigner.timeDomain()
        && !(window instanceof GlobalWindow)
        && time == cleanupTime(window);
  }
}
