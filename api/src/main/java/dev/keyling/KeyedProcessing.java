package dev.keyling;

import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import java.util.function.Function;

/** The one primitive of keyed streams, which all their operators are made of. */
public interface KeyedProcessing<K, T> {

  /** Returns the dataflow that this is written in. */
  Dataflow dataflow();

  /**
   * Handles each key with a function object of its own.
   *
   * @param stepId unique in the dataflow; state is stored under it
   */
  <O> KeyedStep<K, O> process(
      String stepId, Function<RuntimeContext, ? extends KeyedProcessFunction<K, T, O>> factory);
}
