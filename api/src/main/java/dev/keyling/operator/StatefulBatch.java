package dev.keyling.operator;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.function.StatefulBatchLogic;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Has a {@link StatefulBatchLogic} handle a key, all elements at once that came together. */
public final class StatefulBatch<K, V, W, S> implements KeyedProcessFunction<K, V, W> {
  private final LogicLife<StatefulBatchLogic<V, W, S>, W, S> life;

  public StatefulBatch(
      RuntimeContext ctx,
      ValueStateDescriptor<S> snapshot,
      BiFunction<RuntimeContext, Optional<S>, ? extends StatefulBatchLogic<V, W, S>> builder) {
    this.life = new LogicLife<>(ctx, snapshot, builder);
  }

  @Override
  public void processElement(V value, Context<K> ctx, Collector<W> out) throws Exception {
    processElements(List.of(value), ctx, out);
  }

  @Override
  public void processElements(List<V> values, Context<K> ctx, Collector<W> out) throws Exception {
    life.call(logic -> logic.onBatch(values, out), ctx);
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
