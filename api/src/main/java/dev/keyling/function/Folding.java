package dev.keyling.function;

import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** An aggregate whose accumulator is its result. */
record Folding<T, S>(
    Supplier<? extends S> builder,
    BiFunction<? super S, ? super T, ? extends S> folder,
    BinaryOperator<S> merger)
    implements AggregateFunction<T, S, S> {

  @Override
  public S createAccumulator() {
    return builder.get();
  }

  @Override
  public S add(T value, S accumulator) {
    return folder.apply(accumulator, value);
  }

  @Override
  public S getResult(S accumulator) {
    return accumulator;
  }

  @Override
  public S merge(S a, S b) {
    return merger.apply(a, b);
  }
}
