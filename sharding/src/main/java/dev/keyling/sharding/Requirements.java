package dev.keyling.sharding;

import dev.keyling.checkpoint.CheckpointingMode;
import dev.keyling.connector.IdempotentSink;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Plan;

/** What a dataflow must be like to run here. */
final class Requirements {
  private Requirements() {}

  /** Refuses sources that would lose elements where none may be lost. */
  static void positions(Plan plan) {
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

  /** Refuses sinks that nobody can serve yet. */
  static void knownSinks(Plan plan) {
    for (SinkNode node : plan.sinks()) {
      if (node.sink() instanceof IdempotentSink<?>) {
        throw new IllegalArgumentException(
            "dataflow \"%s\" sink \"%s\" is idempotent: outputs have no stable ids yet; use an ExactlyOnceSink, or an AtLeastOnceSink that tells repetitions apart itself"
                .formatted(plan.name(), node.stepId()));
      }
    }
  }

  /** Refuses what takes no checkpoints, where it is to begin with one; returns the plan. */
  static Plan checkpoints(Plan plan) {
    if (!plan.checkpoints().isCheckpointingEnabled()) {
      throw new IllegalArgumentException(
          "dataflow \"%s\" takes no checkpoints, so it cannot begin with one: call enableCheckpointing(interval)"
              .formatted(plan.name()));
    }
    return plan;
  }
}
