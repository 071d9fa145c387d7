package dev.keyling.benchmarks.functions;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** W1 and W6: how often the key has come; with W6 it is forgotten after an hour without it. */
final class RunningCount implements KeyedProcessFunction<String, Event, Long> {
  private final ValueState<Long> count;

  RunningCount(RuntimeContext ctx, StateTtlConfig ttl) {
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("count", Types.LONG);
    descriptor.enableTimeToLive(ttl);
    count = ctx.getState(descriptor);
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    Long before = count.value();
    long now = before == null ? 1 : before + 1;
    count.update(now);
    out.collect(now);
  }
}
