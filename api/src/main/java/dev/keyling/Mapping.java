package dev.keyling;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.MapFunction;
import dev.keyling.plan.Adapter;

/** A {@link MapFunction} of one key. */
record Mapping<K, I, O>(MapFunction<I, O> function)
    implements KeyedProcessFunction<K, I, O>, Adapter {

  @Override
  public void processElement(I value, Context<K> ctx, Collector<O> out) throws Exception {
    out.collect(function.map(value));
  }
}
