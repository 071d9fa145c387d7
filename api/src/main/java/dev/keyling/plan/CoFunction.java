package dev.keyling.plan;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.state.ExpiredEntry;

/** A function on two keyed streams as one on their union. */
public record CoFunction(KeyedCoProcessFunction<Object, Object, Object, Object> function)
    implements KeyedProcessFunction<Object, Object, Object>, Adapter {

  @Override
  public void processElement(Object value, Context<Object> ctx, Collector<Object> out)
      throws Exception {
    if (value instanceof Arrival.First first) {
      function.processElement1(first.value(), ctx, out);
    } else {
      function.processElement2(Arrival.unwrapped(value), ctx, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<Object> ctx, Collector<Object> out)
      throws Exception {
    function.onTimer(timestamp, ctx, out);
  }

  @Override
  public void onEndOfInput(Context<Object> ctx, Collector<Object> out) throws Exception {
    function.onEndOfInput(ctx, out);
  }

  @Override
  public void onExpired(ExpiredEntry expired, Context<Object> ctx, Collector<Object> out)
      throws Exception {
    function.onExpired(expired, ctx, out);
  }

  @Override
  public void close() {
    function.close();
  }
}
