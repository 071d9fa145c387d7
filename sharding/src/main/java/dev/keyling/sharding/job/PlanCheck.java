package dev.keyling.sharding.job;

import dev.keyling.checkpoint.CheckpointingMode;
import dev.keyling.connector.IdempotentSink;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Plan;

/** Refuses dataflows that cannot run as they are written. */
public final class PlanCheck {
  private PlanCheck() {}

  /**
   * Looks at all of a dataflow.
   *
   * @throws IllegalArgumentException names what cannot be, and says what to do
   */
  public static void check(Plan plan) {
    requirePositions(plan);
    requireTypes(plan);
    Overtaken.check(plan);
  }

  private static void requirePositions(Plan plan) {
    boolean exactlyOnce =
        plan.checkpoints().isCheckpointingEnabled()
            && plan.checkpoints().getCheckpointingMode() == CheckpointingMode.EXACTLY_ONCE;
    for (SourceNode node : plan.sources()) {
      if (exactlyOnce && !node.source().replayable() && !node.source().lossAccepted()) {
        throw new IllegalArgumentException(
            "dataflow \"%s\" source \"%s\" has no positions, so a restart loses what it had read after the last checkpoint; say acceptLoss() on it, or use CheckpointingMode.AT_LEAST_ONCE"
                .formatted(plan.name(), node.stepId()));
      }
    }
  }

  /** What an idempotent sink is to write is stored before. */
  private static void requireTypes(Plan plan) {
    for (SinkNode node : plan.sinks()) {
      if (node.sink() instanceof IdempotentSink<?> && node.elementType() == null) {
        throw new IllegalArgumentException(
            "dataflow \"%s\" sink \"%s\" is idempotent: its elements are stored with their ids, and their type is not declared; call returns(type) before the sink"
                .formatted(plan.name(), node.stepId()));
      }
    }
  }

  /** Refuses what takes no checkpoints, where it is to begin with one; returns the plan. */
  public static Plan withCheckpoints(Plan plan) {
    if (!plan.checkpoints().isCheckpointingEnabled()) {
      throw new IllegalArgumentException(
          "dataflow \"%s\" takes no checkpoints, so it cannot begin with one: call enableCheckpointing(interval)"
              .formatted(plan.name()));
    }
    return plan;
  }
}
