package dev.keyling.sharding.job;

import dev.keyling.actors.StepHost;
import dev.keyling.actors.StepHost.Commits;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.plan.Node.KeyedNode;

/** Makes of a step as it was written what its key groups run. */
final class StepHosts {
  private StepHosts() {}

  static StepHost hostOf(JobParts parts, KeyedNode node) {
    StepDefinition<Object, Object, Object> definition =
        new StepDefinition<>(
            parts.plan().name(),
            node.stepId(),
            keysOf(parts, node),
            parts.settings().keyGroups(),
            node.factory(),
            parts.plan().sideOutputsOf(node),
            parts.plan().skipsErrors(node));
    boolean stored = parts.plan().checkpoints().isCheckpointingEnabled();
    return new StepHost(
        definition,
        stored ? Commits.CHECKPOINTS : Commits.NEVER,
        stored ? parts.rows() : null,
        parts.actors(),
        parts.clock());
  }

  static KeyCodec<Object> keysOf(JobParts parts, KeyedNode node) {
    return KeyCodec.of(
        node.keyType(), "dataflow \"" + parts.plan().name() + "\" step \"" + node.stepId() + "\"");
  }
}
