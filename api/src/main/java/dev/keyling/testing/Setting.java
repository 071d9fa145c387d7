package dev.keyling.testing;

import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Plan;
import java.util.IdentityHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What stays the same from one attempt of a dataflow to the next. */
final class Setting {
  private static final int KEY_GROUPS = 128;
  private static final int PARTITIONS = 8;

  private final Plan plan;
  private final ManualClock clock;
  private final @Nullable SideOutputTap tap;
  private final Function<SinkNode, Inlet> sinks;
  private final IdentityHashMap<KeyedNode, StepDefinition<Object, Object, Object>> definitions =
      new IdentityHashMap<>();

  /**
   * @param tap takes all side outputs; null if only those that the dataflow reads are wanted
   * @param sinks where the elements of a sink go
   */
  Setting(
      Plan plan, ManualClock clock, @Nullable SideOutputTap tap, Function<SinkNode, Inlet> sinks) {
    this.plan = plan;
    this.clock = clock;
    this.tap = tap;
    this.sinks = sinks;
    UnaryOperator<Function<RuntimeContext, KeyedProcessFunction<Object, Object, Object>>> dressed =
        tap == null ? UnaryOperator.identity() : tap::tap;
    for (KeyedNode step : plan.steps()) {
      String where = "dataflow \"" + plan.name() + "\" step \"" + step.stepId() + "\"";
      boolean operator = step.isOperator();
      StepDefinition<Object, Object, Object> definition =
          new StepDefinition<>(
              plan.name(),
              step.stepId(),
              operator
                  ? KeyCodec.ofPartitions(PARTITIONS, where)
                  : KeyCodec.of(step.keyType(), where),
              operator ? PARTITIONS : KEY_GROUPS,
              operator ? step.factory() : dressed.apply(step.factory()),
              plan.sideOutputsOf(step),
              plan.skipsErrors(step),
              tap == null || step.broadcast() == null
                  ? step.broadcast()
                  : TappedBroadcast.tapping(step.broadcast()));
      definitions.put(step, definition.withParameters(plan.parameters()));
    }
  }

  Plan plan() {
    return plan;
  }

  ManualClock clock() {
    return clock;
  }

  StepDefinition<Object, Object, Object> definitionOf(KeyedNode step) {
    StepDefinition<Object, Object, Object> definition = definitions.get(step);
    if (definition == null) {
      throw new IllegalArgumentException("a step of another dataflow");
    }
    return definition;
  }

  /** Returns the lane of a step's main output. */
  Outlet mainOutputOf(StepStage step) {
    Outlet main = step.port(0);
    if (tap == null) {
      return main;
    }
    Outlet rest = new Outlet();
    main.connect(tap.before(rest));
    return rest;
  }

  Inlet sink(SinkNode sink) {
    return sinks.apply(sink);
  }
}
