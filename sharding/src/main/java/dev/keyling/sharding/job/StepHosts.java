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
            keyGroupsOf(parts, node),
            node.factory(),
            parts.plan().sideOutputsOf(node),
            parts.plan().skipsErrors(node),
            node.broadcast());
    boolean stored = parts.plan().checkpoints().isCheckpointingEnabled();
    return StepHost.of(
        definition.withParameters(parts.plan().parameters()),
        stored ? Commits.CHECKPOINTS : Commits.NEVER,
        stored ? parts.rows() : null,
        // a checkpoint that overtakes elements does not wait for those that a group has begun
        Overtaken.at(node, parts) == null ? parts.actors() : parts.actors().withOwnActors(),
        parts.clock());
  }

  static KeyCodec<Object> keysOf(JobParts parts, KeyedNode node) {
    String where = "dataflow \"" + parts.plan().name() + "\" step \"" + node.stepId() + "\"";
    return node.isOperator()
        ? KeyCodec.ofPartitions(keyGroupsOf(parts, node), where)
        : KeyCodec.of(node.keyType(), where);
  }

  /** Returns how many key groups a step has; those of an operator are its partitions. */
  static int keyGroupsOf(JobParts parts, KeyedNode node) {
    return node.isOperator() ? parts.settings().operatorPartitions() : parts.settings().keyGroups();
  }
}
