package dev.keyling.benchmarks.functions;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** W2: alerts when an amount is far above the one before; a second alert in a row is negative. */
final class FraudAlert implements KeyedProcessFunction<String, Event, Long> {
  private final ValueState<Long> last;
  private final ValueState<Boolean> flag;

  FraudAlert(RuntimeContext ctx) {
    last = ctx.getState(new ValueStateDescriptor<>("last", Types.LONG));
    flag = ctx.getState(new ValueStateDescriptor<>("flag", Types.BOOLEAN));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    Long before = last.value();
    boolean flagged = flag.value() != null;
    if (before != null && event.amount() - before >= Workload.SUSPICIOUS_RISE) {
      long rise = event.amount() - before;
      out.collect(flagged ? -rise : rise);
      flag.update(true);
    } else if (flagged) {
      flag.clear();
    }
    last.update(event.amount());
  }
}
