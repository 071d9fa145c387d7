package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Savepoint;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.savepoint.SavedStep;
import dev.keyling.persistence.savepoint.SavepointManifest;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** Whether a program can go on with what another, or an older one, has saved. */
final class SavedProgram {
  private final Plan plan;
  private final Savepoint from;
  private final SavepointManifest saved;

  SavedProgram(JobParts parts, Savepoint from, SavepointManifest saved) {
    this.plan = parts.plan();
    this.from = from;
    this.saved = saved;
  }

  /**
   * Refuses what does not fit.
   *
   * @throws StoreException what it is, and what to do
   */
  void check() {
    for (SavedStep step : saved.steps()) {
      plan.steps().stream()
          .filter(node -> node.stepId().equals(step.id()))
          .forEach(node -> check(step, node));
    }
    List<String> left = left();
    if (!left.isEmpty() && !from.allowsNonRestoredState()) {
      throw new StoreException(
          "savepoint %s has what dataflow \"%s\" does not: %s; keep it in the program, or give it up with allowNonRestoredState()"
              .formatted(from.path(), plan.name(), String.join(", ", left)));
    }
  }

  private void check(SavedStep step, KeyedNode node) {
    String where = "dataflow \"%s\" step \"%s\"".formatted(plan.name(), step.id());
    if (step.isOperator() != node.isOperator()) {
      throw new StoreException(
          "%s is %s in savepoint %s and %s in the program; change it back, or take another step id"
              .formatted(where, kind(step.isOperator()), from.path(), kind(node.isOperator())));
    }
    String was = step.keyType();
    String is = node.keyType() == null ? SavedStep.BY_VALUE : node.keyType().describe();
    boolean isSame =
        step.isOperator()
            || is.equals(was)
            || SavedStep.BY_VALUE.equals(was)
            || SavedStep.BY_VALUE.equals(is);
    if (!isSame) {
      throw new StoreException(
          "%s has keys of type %s in savepoint %s and of type %s in the program; change it back, take another step id, or make the step anew with SavepointWriter.bootstrapStep"
              .formatted(where, was, from.path(), is));
    }
  }

  private static String kind(boolean isOperator) {
    return isOperator ? "an operator" : "keyed";
  }

  /** Says what would not be restored. */
  private List<String> left() {
    List<String> left = new ArrayList<>();
    for (SavedStep step : saved.steps()) {
      if (!hasStep(step.id()) && step.keys() > 0) {
        left.add("state of step \"" + step.id() + "\"");
      }
    }
    for (String partition : saved.positions().keySet()) {
      if (!hasSource(partition)) {
        left.add("a position of source \"" + partition + "\"");
      }
    }
    saved
        .handles()
        .forEach(
            (sink, staged) -> {
              if (!hasSink(sink) && !staged.isEmpty()) {
                left.add("output of sink \"" + sink + "\"");
              }
            });
    return left;
  }

  boolean hasStep(String id) {
    return plan.steps().stream().anyMatch(step -> step.stepId().equals(id));
  }

  /**
   * Tells whether there is the source of a partition.
   *
   * @param partition {@code step/partition}
   */
  boolean hasSource(String partition) {
    return plan.sources().stream().anyMatch(source -> partition.startsWith(source.stepId() + "/"));
  }

  boolean hasSink(String id) {
    return plan.sinks().stream().anyMatch(sink -> sink.stepId().equals(id));
  }
}
