package dev.keyling.window;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.function.RuntimeContext;
import dev.keyling.operator.Storable;
import dev.keyling.state.TypeInformation;
import java.util.function.Function;

/** Makes the steps of a windowed stream, and refuses those that cannot work. */
record WindowSteps<K, T, W extends Window>(
    KeyedStream<K, T> elements, Windowing<K, T, W> windowing) {

  /**
   * @param type of what is stored
   */
  <I, O> KeyedStep<K, O> make(
      String stepId,
      TypeInformation<?> type,
      Contents<T, I, W> contents,
      Function<RuntimeContext, ? extends ProcessWindowFunction<K, I, O, W>> factory) {
    Storable.required(elements.dataflow(), stepId, type);
    return make(stepId, contents, factory);
  }

  /** Makes a step whose types have been checked. */
  <I, O> KeyedStep<K, O> make(
      String stepId,
      Contents<T, I, W> contents,
      Function<RuntimeContext, ? extends ProcessWindowFunction<K, I, O, W>> factory) {
    Refusals.check(windowing, where(stepId));
    return elements.process(
        stepId, ctx -> new WindowOperator<>(ctx, windowing, contents, factory.apply(ctx)));
  }

  String where(String stepId) {
    return "%s step \"%s\"".formatted(elements.dataflow(), stepId);
  }
}
