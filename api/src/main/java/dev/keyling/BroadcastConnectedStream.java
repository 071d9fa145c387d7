package dev.keyling;

import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import java.util.function.Function;

/** A keyed stream and a broadcast stream that one step handles together. */
public interface BroadcastConnectedStream<K, I, B> {

  /**
   * Handles each key with a function object of its own, and the broadcast elements with one per key
   * group.
   *
   * @param stepId unique in the dataflow; state is stored under it
   */
  <O> KeyedStep<K, O> process(
      String stepId,
      Function<RuntimeContext, ? extends KeyedBroadcastProcessFunction<K, I, B, O>> factory);
}
