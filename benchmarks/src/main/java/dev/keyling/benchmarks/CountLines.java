package dev.keyling.benchmarks;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** As {@link RunningCount}, and says of which event each count is. */
final class CountLines implements KeyedProcessFunction<String, Event, String> {
  private final ValueState<Long> count;

  CountLines(RuntimeContext ctx) {
    count = ctx.getState(new ValueStateDescriptor<>("count", Types.LONG));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<String> out) {
    Long before = count.value();
    long now = before == null ? 1 : before + 1;
    count.update(now);
    out.collect(new CountedLine(event.number(), event.key(), now).toString());
  }
}
