package dev.keyling.operator;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import java.util.Objects;
import java.util.function.Function;

/**
 * Answers each element with the reduction of all so far: reduce, sum, min, max, minBy, maxBy.
 *
 * @param <A> what is reduced: the elements, or a field of them
 */
public final class Rolling<K, T, A> implements KeyedProcessFunction<K, T, A> {
  private final ReducingState<A> reduced;
  private final Function<? super T, ? extends A> field;

  public Rolling(
      RuntimeContext ctx,
      ReducingStateDescriptor<A> reduction,
      Function<? super T, ? extends A> field) {
    this.reduced = ctx.getReducingState(reduction);
    this.field = field;
  }

  @Override
  public void processElement(T value, Context<K> ctx, Collector<A> out) {
    reduced.add(Objects.requireNonNull(field.apply(value), "the field of the element is null"));
    out.collect(Objects.requireNonNull(reduced.get(), "the reduction is null"));
  }
}
