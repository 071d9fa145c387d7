package dev.keyling;

import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Arrival;
import dev.keyling.plan.BroadcastReader;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.UnionNode;
import java.util.function.Function;

/** A keyed stream and a broadcast stream as their union, in which broadcast elements say so. */
record PlannedBroadcastConnectedStream<K, I, B>(
    PlannedKeyedStream<K, I> elements, PlannedStream<B> broadcast)
    implements BroadcastConnectedStream<K, I, B> {

  @Override
  @SuppressWarnings("unchecked") // the function only ever sees elements of its own streams
  public <O> KeyedStep<K, O> process(
      String stepId,
      Function<RuntimeContext, ? extends KeyedBroadcastProcessFunction<K, I, B, O>> factory) {
    elements.flow.claim(stepId, "a keyed step");
    Node marked =
        broadcast.transform((key, value, out) -> out.accept(new Arrival.Broadcasted(value)));
    Function<RuntimeContext, KeyedBroadcastProcessFunction<Object, Object, Object, Object>> made =
        ctx -> (KeyedBroadcastProcessFunction<Object, Object, Object, Object>) factory.apply(ctx);
    KeyedNode step =
        new KeyedNode(
            stepId,
            elements.flow.add(new UnionNode(elements.node, marked)),
            elements.keyType,
            ctx -> new BroadcastReader(made.apply(ctx)),
            made,
            null);
    return new PlannedKeyedStep<>(elements.flow, elements.flow.add(step), elements.keyType);
  }
}
