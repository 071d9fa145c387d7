package dev.keyling.operator;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.function.StatefulLogic;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Optional;
import java.util.function.BiFunction;

/** Has a {@link StatefulLogic} handle a key, one element at a time. */
public final class Stateful<K, V, W, S> implements KeyedProcessFunction<K, V, W> {
  private final LogicLife<StatefulLogic<V, W, S>, W, S> life;

  public Stateful(
      RuntimeContext ctx,
      ValueStateDescriptor<S> snapshot,
      BiFunction<RuntimeContext, Optional<S>, ? extends StatefulLogic<V, W, S>> builder) {
    this.life = new LogicLife<>(ctx, snapshot, builder);
  }

  @Override
  public void processElement(V value, Context<K> ctx, Collector<W> out) throws Exception {
    life.call(logic -> logic.onItem(value, out), ctx);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<W> out) throws Exception {
    life.notify(timestamp, ctx, out);
  }

  @Override
  public void onEndOfInput(Context<K> ctx, Collector<W> out) throws Exception {
    life.end(ctx, out);
  }
}
