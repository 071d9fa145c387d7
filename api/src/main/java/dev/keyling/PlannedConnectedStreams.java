package dev.keyling;

import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Arrival;
import dev.keyling.plan.CoFunction;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.UnionNode;
import dev.keyling.state.TypeInformation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two keyed streams as their union, in which each element says where it comes from. So nothing that
 * runs dataflows needs to know of them.
 */
record PlannedConnectedStreams<K, I1, I2>(
    PlannedKeyedStream<K, I1> first, PlannedKeyedStream<K, I2> second)
    implements ConnectedStreams<K, I1, I2> {

  @Override
  @SuppressWarnings("unchecked") // the function only ever sees elements of its own streams
  public <O> KeyedStep<K, O> process(
      String stepId,
      Function<RuntimeContext, ? extends KeyedCoProcessFunction<K, I1, I2, O>> factory) {
    TypeInformation<Object> keyType = keyType(stepId);
    first.flow.claim(stepId, "a keyed step");
    Node left = first.transform((key, value, out) -> out.accept(new Arrival.First(value)));
    Node right = second.transform((key, value, out) -> out.accept(new Arrival.Second(value)));
    KeyedNode step =
        new KeyedNode(
            stepId,
            first.flow.add(new UnionNode(left, right)),
            keyType,
            ctx ->
                new CoFunction(
                    (KeyedCoProcessFunction<Object, Object, Object, Object>) factory.apply(ctx)));
    return new PlannedKeyedStep<>(first.flow, first.flow.add(step), keyType);
  }

  /** Keys are stored alike whether their type is declared or not, so one declaration is enough. */
  private @Nullable TypeInformation<Object> keyType(String stepId) {
    TypeInformation<Object> one = first.keyType;
    TypeInformation<Object> other = second.keyType;
    if (one != null && other != null && !one.describe().equals(other.describe())) {
      throw new IllegalArgumentException(
          "%s step \"%s\" connects a stream with keys of type %s and one with keys of type %s; give both keyBy the same type"
              .formatted(first.flow, stepId, one.describe(), other.describe()));
    }
    return one == null ? other : one;
  }
}
