package dev.keyling.window;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Arrival;
import dev.keyling.time.TimeDomain;
import dev.keyling.window.WindowTimers.Due;

/** Puts the elements of a key into windows, and does what the windows' triggers say. */
@SuppressWarnings("unchecked") // the windows of a step are those of its assigner
final class WindowOperator<K, T, I, O, W extends Window> implements KeyedProcessFunction<K, T, O> {
  private final RuntimeContext own;
  private final Windowing<K, T, W> windowing;
  private final WindowTimers timers;
  private final Places<W> places;
  private final Panes<K, T, I, O, W> panes;

  WindowOperator(
      RuntimeContext own,
      Windowing<K, T, W> windowing,
      Contents<T, I, W> contents,
      ProcessWindowFunction<K, I, O, W> function) {
    this.own = own;
    this.windowing = windowing;
    this.timers = new WindowTimers(own);
    TriggerCalls calls = new TriggerCalls(own, timers);
    Merger<W> merger = new Merger<>(windowing, timers, calls, contents.states());
    Sessions sessions = windowing.assigner().merges() ? new Sessions(own) : null;
    this.places = new Places<>(own, merger, sessions);
    Firing<K, T, I, O, W> firing = new Firing<>(own, windowing, contents, function);
    this.panes = new Panes<>(windowing, timers, calls, places, firing);
  }

  @Override
  public void processElement(T value, Context<K> ctx, Collector<O> out) throws Exception {
    long time = windowing.timeOf(value, ctx, own);
    long watermark = ctx.timerService().currentWatermark();
    boolean taken = false;
    for (W assigned : windowing.assigner().assignWindows(Arrival.unwrapped(value), time)) {
      if (!windowing.isLate(places.cover(assigned), watermark)) {
        taken = true;
        panes.add(assigned, value, ctx, out);
      }
    }
    Late<T> late = windowing.late();
    if (!taken && late != null && windowing.isLate(time, watermark)) {
      late.take(value, ctx);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<O> out) throws Exception {
    for (Due due : timers.take(ctx.timeDomain(), timestamp)) {
      panes.fire(ctx.timeDomain(), due.time(), (W) due.window(), ctx, out);
    }
  }

  /** Windows by the clock end with the input; those in event time have ended by now. */
  @Override
  public void onEndOfInput(Context<K> ctx, Collector<O> out) throws Exception {
    TimeDomain domain = TimeDomain.PROCESSING_TIME;
    for (Due due : timers.pending(domain)) {
      W window = (W) due.window();
      if (windowing.isOver(domain, due.time(), window)) {
        timers.delete(domain, due.time(), window, ctx.timerService());
        panes.fire(domain, due.time(), window, ctx, out);
      }
    }
  }

  @Override
  public void close() {
    panes.firing().function().close();
  }
}
