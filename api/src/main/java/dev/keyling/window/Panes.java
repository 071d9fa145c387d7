package dev.keyling.window;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.plan.Arrival;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.time.TimeDomain;

/** The windows of a key: how they fill, fire and end. */
record Panes<K, T, I, O, W extends Window>(
    Windowing<K, T, W> windowing,
    WindowTimers timers,
    TriggerCalls calls,
    Places<W> places,
    Firing<K, T, I, O, W> firing) {

  /** Adds an element to a window, and to those that this becomes part of. */
  void add(W assigned, T value, Context<K> ctx, Collector<O> out) throws Exception {
    W window = places.open(assigned, ctx.timerService());
    KeyedStateStore pane = places.paneOf(window);
    if (pane == null) {
      throw new IllegalStateException(window + " was not opened");
    }
    Long stamp = ctx.timestamp();
    long timestamp = stamp == null ? Long.MIN_VALUE : stamp;
    firing.contents().add(pane, value, timestamp);
    TriggerContext call = calls.of(window, ctx.timerService());
    TriggerResult result =
        windowing.trigger().onElement(Arrival.unwrapped(value), timestamp, window, call);
    firing.react(result, window, pane, ctx, out);
    if (!(window instanceof GlobalWindow)) {
      TimeDomain domain = windowing.assigner().timeDomain();
      timers.register(domain, windowing.cleanupTime(window), window, ctx.timerService());
    }
  }

  /** A timer of a window is due. */
  void fire(TimeDomain domain, long time, W window, Context<K> ctx, Collector<O> out)
      throws Exception {
    KeyedStateStore pane = places.paneOf(window);
    if (pane == null) {
      return; // it has become part of another
    }
    Trigger<? super T, ? super W> trigger = windowing.trigger();
    TriggerContext call = calls.of(window, ctx.timerService());
    TriggerResult result =
        domain == TimeDomain.EVENT_TIME
            ? trigger.onEventTime(time, window, call)
            : trigger.onProcessingTime(time, window, call);
    firing.react(result, window, pane, ctx, out);
    if (windowing.isOver(domain, time, window)) {
      firing.contents().clear(pane);
      trigger.clear(window, call);
      firing.end(window, ctx);
      firing.tell(window, places.close(window, pane), ctx);
    }
  }
}
