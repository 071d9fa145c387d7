package dev.keyling.plan;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.state.ExpiredEntry;

/** A function on two keyed streams as one on their union. */
public record CoFunction<K, I1, I2, O>(KeyedCoProcessFunction<K, I1, I2, O> function)
    implements KeyedProcessFunction<K, Arrival.Numbered, O>, Adapter {

  @Override
  @SuppressWarnings("unchecked") // an element is of the stream that it comes from
  public void processElement(Arrival.Numbered element, Context<K> ctx, Collector<O> out)
      throws Exception {
    if (element.input() == 0) {
      function.processElement1((I1) element.value(), ctx, out);
    } else {
      function.processElement2((I2) element.value(), ctx, out);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<O> out) throws Exception {
    function.onTimer(timestamp, ctx, out);
  }

  @Override
  public void onEndOfInput(Context<K> ctx, Collector<O> out) throws Exception {
    function.onEndOfInput(ctx, out);
  }

  @Override
  public void onExpired(ExpiredEntry expired, Context<K> ctx, Collector<O> out) throws Exception {
    function.onExpired(expired, ctx, out);
  }

  @Override
  public void close() {
    function.close();
  }
}
