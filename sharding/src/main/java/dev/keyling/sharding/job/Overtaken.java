package dev.keyling.sharding.job;

import dev.keyling.actors.Elements;
import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Plan;
import dev.keyling.sharding.lane.OvertakenElements;
import dev.keyling.state.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements that markers overtake before the steps of a job: where they can, and come back. */
final class Overtaken {
  private Overtaken() {}

  /** Returns how such elements are stored; null if the markers of a step overtake nothing. */
  static @Nullable OvertakenElements at(KeyedNode step, JobParts parts) {
    TypeInformation<Object> type = step.elementType();
    return type != null && parts.plan().checkpoints().isUnalignedCheckpointsEnabled()
        ? new OvertakenElements(StepHosts.keysOf(parts, step), type.codec())
        : null;
  }

  /**
   * Refuses unaligned checkpoints where a step cannot store elements.
   *
   * @throws IllegalArgumentException names the steps and says what to do
   */
  static void check(Plan plan) {
    CheckpointConfig config = plan.checkpoints();
    List<String> steps =
        plan.steps().stream()
            .filter(step -> step.elementType() == null)
            .map(step -> "\"" + step.stepId() + "\"")
            .toList();
    if (config.isUnalignedCheckpointsEnabled()
        && !config.isForceUnalignedCheckpoints()
        && !steps.isEmpty()) {
      throw new IllegalArgumentException(
          "dataflow \"%s\": unaligned checkpoints store the elements that they overtake, and the type of those before %s %s is not declared; call returns(type) before the step, or, where that is not possible (operators, connected and broadcast streams), setForceUnalignedCheckpoints(true), with which such steps align"
              .formatted(
                  plan.name(), steps.size() == 1 ? "step" : "steps", String.join(", ", steps)));
    }
  }

  /**
   * Returns what comes first in a lane that ends in a step. What was overtaken in a lane that is
   * not there any more comes in the first one.
   *
   * @param lane its name
   * @param base what the checkpoint says; null if there is none
   * @throws IllegalStateException if something was and the step does not say any more how to read
   */
  static List<Elements> restored(
      KeyedNode step, String lane, Lanes lanes, @Nullable Manifest base, JobParts parts) {
    Map<String, byte[]> stored =
        base == null ? Map.of() : base.overtaken().getOrDefault(step.stepId(), Map.of());
    List<Elements> restored = new ArrayList<>();
    boolean first = lanes.namesEndingIn(step).iterator().next().equals(lane);
    stored.forEach(
        (from, bytes) -> {
          boolean gone = !lanes.namesEndingIn(step).contains(from);
          if (from.equals(lane) || (gone && first)) {
            restored.add(reading(step, parts).decode(bytes));
          }
        });
    return restored;
  }

  private static OvertakenElements reading(KeyedNode step, JobParts parts) {
    TypeInformation<Object> type = step.elementType();
    if (type == null) {
      throw new IllegalStateException(
          "dataflow \"%s\" step \"%s\": the checkpoint holds elements that were overtaken before the step, and their type is not declared any more; call returns(type) before the step as before"
              .formatted(parts.plan().name(), step.stepId()));
    }
    return new OvertakenElements(StepHosts.keysOf(parts, step), type.codec());
  }
}
