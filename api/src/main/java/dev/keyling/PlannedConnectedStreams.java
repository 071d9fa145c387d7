package dev.keyling;

import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.CoFunction;
import java.util.List;
import java.util.function.Function;

/** Two keyed streams that flow together. */
record PlannedConnectedStreams<K, I1, I2>(
    PlannedKeyedStream<K, I1> first, PlannedKeyedStream<K, I2> second)
    implements ConnectedStreams<K, I1, I2> {

  @Override
  public <O> KeyedStep<K, O> process(
      String stepId,
      Function<RuntimeContext, ? extends KeyedCoProcessFunction<K, I1, I2, O>> factory) {
    return new Confluence<>(List.of(first, second))
        .<O>process(stepId, ctx -> new CoFunction<>(factory.apply(ctx)));
  }
}
