package dev.keyling.window;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;

/** Windows of two streams, as windows of one whose elements say where they come from. */
record SidedWindows<K, L, R, O>(KeyedProcessFunction<K, Sided<L, R>, O> windows)
    implements KeyedCoProcessFunction<K, L, R, O> {

  @Override
  public void processElement1(L value, Context<K> ctx, Collector<O> out) throws Exception {
    windows.processElement(new Sided.Left<>(value), ctx, out);
  }

  @Override
  public void processElement2(R value, Context<K> ctx, Collector<O> out) throws Exception {
    windows.processElement(new Sided.Right<>(value), ctx, out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<O> out) throws Exception {
    windows.onTimer(timestamp, ctx, out);
  }

  @Override
  public void onEndOfInput(Context<K> ctx, Collector<O> out) throws Exception {
    windows.onEndOfInput(ctx, out);
  }

  @Override
  public void close() {
    windows.close();
  }
}
