package dev.keyling.benchmarks.functions;

import dev.keyling.benchmarks.workload.Event;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import java.util.Map;

/** W4: a cart of eight products; gives what it costs after each change. */
final class Cart implements KeyedProcessFunction<String, Event, Long> {
  private final MapState<String, Long> quantities;

  Cart(RuntimeContext ctx) {
    quantities = ctx.getMapState(new MapStateDescriptor<>("quantities", Types.STRING, Types.LONG));
  }

  @Override
  public void processElement(Event event, Context<String> ctx, Collector<Long> out) {
    String product = Event.product(event.amount());
    Long before = quantities.get(product);
    quantities.put(product, (before == null ? 0 : before) + Event.quantity(event.amount()));
    long cost = 0;
    for (Map.Entry<String, Long> entry : quantities.entries()) {
      cost += Event.price(entry.getKey()) * entry.getValue();
    }
    out.collect(cost);
  }
}
