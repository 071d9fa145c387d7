package dev.keyling.actors;

import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.plan.BroadcastReader;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps of one key group, for tests, whose functions handle what the test sends. */
@SuppressWarnings("unchecked")
final class Steps {
  private Steps() {}

  static StepDefinition<Object, Object, Object> of(
      Function<RuntimeContext, ? extends KeyedProcessFunction<String, ?, ?>> factory) {
    return step(
        (Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>>)
            (Function<RuntimeContext, ?>) factory,
        null);
  }

  /** A step with broadcast elements. */
  static StepDefinition<Object, Object, Object> ofBroadcast(
      Function<RuntimeContext, ? extends KeyedBroadcastProcessFunction<String, ?, ?, ?>> factory) {
    Function<RuntimeContext, KeyedBroadcastProcessFunction<Object, Object, Object, Object>> made =
        (Function<RuntimeContext, KeyedBroadcastProcessFunction<Object, Object, Object, Object>>)
            (Function<RuntimeContext, ?>) factory;
    return step(ctx -> new BroadcastReader(made.apply(ctx)), made);
  }

  private static StepDefinition<Object, Object, Object> step(
      Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>> factory,
      @Nullable Function<
              RuntimeContext, KeyedBroadcastProcessFunction<Object, Object, Object, Object>>
          broadcast) {
    return new StepDefinition<>(
        "flow", "step", KeyCodec.of(null, "step"), 1, factory, List.of(), false, broadcast);
  }
}
