package dev.keyling;

import dev.keyling.plan.Node.DeadLettersNode;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SideOutputNode;
import dev.keyling.state.TypeInformation;
import org.jspecify.annotations.Nullable;

/** A keyed step as a node of the dataflow, and its outputs. */
final class PlannedKeyedStep<K, O> extends PlannedKeyedStream<K, O> implements KeyedStep<K, O> {
  private final KeyedNode step;

  PlannedKeyedStep(Dataflow flow, KeyedNode step, @Nullable TypeInformation<Object> keyType) {
    super(flow, step, keyType, null);
    this.step = step;
  }

  @Override
  public <X> DataStream<X> getSideOutput(OutputTag<X> tag) {
    return new PlannedStream<>(flow, flow.add(new SideOutputNode(step, tag)));
  }

  @Override
  public DataStream<DeadLetter> deadLetters() {
    return new PlannedStream<>(flow, flow.add(new DeadLettersNode(step)));
  }
}
