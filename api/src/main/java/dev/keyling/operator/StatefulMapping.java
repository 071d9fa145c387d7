package dev.keyling.operator;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.Next;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Makes outputs and the next state of a state and an element: statefulMap and statefulFlatMap.
 *
 * @param <R> what the user's function gives beside the state
 */
public final class StatefulMapping<K, T, S, R, W> implements KeyedProcessFunction<K, T, W> {
  private final ValueState<S> state;
  private final BiFunction<? super Optional<S>, ? super T, Next<S, R>> mapper;
  private final BiConsumer<R, Collector<W>> emitting;

  public StatefulMapping(
      RuntimeContext ctx,
      ValueStateDescriptor<S> state,
      BiFunction<? super Optional<S>, ? super T, Next<S, R>> mapper,
      BiConsumer<R, Collector<W>> emitting) {
    this.state = ctx.getState(state);
    this.mapper = mapper;
    this.emitting = emitting;
  }

  @Override
  public void processElement(T value, Context<K> ctx, Collector<W> out) {
    Next<S, R> next =
        Objects.requireNonNull(
            mapper.apply(Optional.ofNullable(state.value()), value),
            "the mapper gave null; return Next.retain(state, output) or Next.discard(output)");
    state.update(next.state().orElse(null));
    emitting.accept(next.output(), out);
  }
}
