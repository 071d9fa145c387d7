package dev.keyling.benchmarks.functions;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Session;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Objects;

/** W5: sessions, each ended by a timer that every event of it sets anew; events come in order. */
final class Sessions implements KeyedProcessFunction<String, Event, Long> {
  private final ValueState<Session> open;

  Sessions(RuntimeContext ctx) {
    open = ctx.getState(new ValueStateDescriptor<>("open", Types.of(Session.class)));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    long time = Objects.requireNonNull(ctx.timestamp());
    long events = 1;
    Session before = open.value();
    if (before != null) {
      ctx.timerService().deleteEventTimeTimer(before.end());
      if (time > before.end()) {
        out.collect(before.output()); // another lane holds the watermark back
      } else {
        events += before.events();
      }
    }
    Session now = new Session(time, events);
    open.update(now);
    ctx.timerService().registerEventTimeTimer(now.end());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<Long> out) {
    Session over = open.value();
    if (over != null) {
      out.collect(over.output());
      open.clear();
    }
  }
}
