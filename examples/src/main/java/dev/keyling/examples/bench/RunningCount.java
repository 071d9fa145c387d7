package dev.keyling.examples.bench;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** W1: how often the key has come. */
final class RunningCount implements KeyedProcessFunction<String, Event, Long> {
  private final ValueState<Long> count;

  RunningCount(RuntimeContext ctx) {
    count = ctx.getState(new ValueStateDescriptor<>("count", Types.LONG));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    Long before = count.value();
    long now = before == null ? 1 : before + 1;
    count.update(now);
    out.collect(now);
  }
}
