package dev.keyling.plan;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.KeyedBroadcastProcessFunction.ReadOnlyContext;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.state.ExpiredEntry;

/** What happens to a key in a step with broadcast elements: the side that only reads. */
public record BroadcastReader(
    KeyedBroadcastProcessFunction<Object, Object, Object, Object> function)
    implements KeyedProcessFunction<Object, Object, Object>, Adapter {

  @Override
  public void processElement(Object value, Context<Object> ctx, Collector<Object> out)
      throws Exception {
    function.processElement(value, (ReadOnlyContext<Object>) ctx, out);
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
