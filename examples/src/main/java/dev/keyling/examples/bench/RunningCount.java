package dev.keyling.examples.bench;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.time.Duration;
import java.util.function.Function;

/** W1 and W6: how often the key has come; with W6 it is forgotten after an hour without it. */
final class RunningCount implements KeyedProcessFunction<String, Event, Long> {
  private final ValueState<Long> count;

  RunningCount(RuntimeContext ctx, StateTtlConfig ttl) {
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("count", Types.LONG);
    descriptor.enableTimeToLive(ttl);
    count = ctx.getState(descriptor);
  }

  /**
   * Returns what makes the function of a workload.
   *
   * @param valueBytes size of what is stored per key; 0 for nothing but the count
   */
  static Function<RuntimeContext, KeyedProcessFunction<String, Event, Long>> of(
      Workload workload, int valueBytes) {
    StateTtlConfig ttl =
        workload == Workload.W6
            ? StateTtlConfig.newBuilder(Duration.ofHours(1)).build()
            : StateTtlConfig.DISABLED;
    return valueBytes == 0
        ? ctx -> new RunningCount(ctx, ttl)
        : ctx -> new PaddedCount(ctx, ttl, valueBytes);
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    Long before = count.value();
    long now = before == null ? 1 : before + 1;
    count.update(now);
    out.collect(now);
  }
}
