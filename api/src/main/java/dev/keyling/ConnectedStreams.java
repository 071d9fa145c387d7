package dev.keyling;

import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.RuntimeContext;
import java.util.function.Function;

/** Two keyed streams that one step handles together, key by key. */
public interface ConnectedStreams<K, I1, I2> {

  /**
   * Handles each key with a function object of its own, which sees the elements of both streams.
   *
   * @param stepId unique in the dataflow; state is stored under it
   * @throws IllegalArgumentException if the two streams declare different key types
   */
  <O> KeyedStep<K, O> process(
      String stepId,
      Function<RuntimeContext, ? extends KeyedCoProcessFunction<K, I1, I2, O>> factory);
}
