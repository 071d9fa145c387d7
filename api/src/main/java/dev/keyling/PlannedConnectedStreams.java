package dev.keyling;

import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.CoFunction;
import java.util.function.Function;

/** Two keyed streams that flow together. */
record PlannedConnectedStreams<K, I1, I2>(Confluence<K> both)
    implements ConnectedStreams<K, I1, I2> {

  @Override
  public <O> KeyedStep<K, O> process(
      String stepId,
      Function<RuntimeContext, ? extends KeyedCoProcessFunction<K, I1, I2, O>> factory) {
    return both.<O>process(stepId, ctx -> new CoFunction<>(factory.apply(ctx)));
  }
}
