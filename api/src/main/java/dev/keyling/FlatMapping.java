package dev.keyling;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.FlatMapFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.plan.Adapter;

/** A {@link FlatMapFunction} of one key. */
record FlatMapping<K, I, O>(FlatMapFunction<I, O> function)
    implements KeyedProcessFunction<K, I, O>, Adapter {

  @Override
  public void processElement(I value, Context<K> ctx, Collector<O> out) throws Exception {
    function.flatMap(value, out);
  }
}
