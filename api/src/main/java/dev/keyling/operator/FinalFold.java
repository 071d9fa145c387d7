package dev.keyling.operator;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folds all elements, emits the result when they have ended, and forgets it: …Final. */
public final class FinalFold<K, T, S> implements KeyedProcessFunction<K, T, S> {
  private final ValueState<S> folded;
  private final Folder<T, S> folder;

  /** Folds one element. */
  @FunctionalInterface
  public interface Folder<T, S> {

    /** Returns what was folded so far (null: nothing) with the element added. */
    S fold(@Nullable S before, T value) throws Exception;
  }

  public FinalFold(RuntimeContext ctx, ValueStateDescriptor<S> state, Folder<T, S> folder) {
    this.folded = ctx.getState(state);
    this.folder = folder;
  }

  @Override
  public void processElement(T value, Context<K> ctx, Collector<S> out) throws Exception {
    S next = folder.fold(folded.value(), value);
    folded.update(Objects.requireNonNull(next, "an element was folded to null"));
  }

  @Override
  public void onEndOfInput(Context<K> ctx, Collector<S> out) {
    S result = folded.value();
    if (result != null) { // a key that was skipped holds nothing
      out.collect(result);
      folded.clear();
    }
  }
}
