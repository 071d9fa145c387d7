package dev.keyling.sharding.embedded;

import dev.keyling.actors.BatchReply.Result;
import dev.keyling.actors.Elements;
import dev.keyling.kernel.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Elements that were sent together, by key group, and what came back of each. */
final class Round<X> {
  private final List<X> inputs;
  private final @Nullable Result[] results;
  private int open;

  /** The part of a round that one key group has. */
  @SuppressWarnings("ArrayRecordComponent")
  record Part<X>(Round<X> round, int group, int[] inputs, Elements elements, long sentAt) {}

  Round(List<X> inputs) {
    this.inputs = inputs;
    this.results = new Result[inputs.size()];
  }

  /** Parts the round among key groups. */
  List<Part<X>> parts(List<Object> keys, List<Object> values, Groups groups, long now) {
    int[] groupOf = new int[inputs.size()];
    int[] counts = new int[groups.count()];
    for (int i = 0; i < groupOf.length; i++) {
      groupOf[i] = groups.groupOf(keys.get(i));
      counts[groupOf[i]]++;
    }
    @Nullable Elements[] elements = new Elements[groups.count()];
    int[][] indexes = new int[groups.count()][];
    for (int i = 0; i < groupOf.length; i++) {
      int group = groupOf[i];
      Elements part = elements[group];
      if (part == null) {
        part = new Elements(counts[group], true);
        elements[group] = part;
        indexes[group] = new int[counts[group]];
      }
      indexes[group][part.size()] = i;
      part.add(keys.get(i), values.get(i), Outputs.NO_TIMESTAMP);
    }
    List<Part<X>> parts = new ArrayList<>();
    for (int group = 0; group < elements.length; group++) {
      Elements part = elements[group];
      if (part != null) {
        parts.add(new Part<>(this, group, indexes[group], part, now));
      }
    }
    open = parts.size();
    return parts;
  }

  void answered(Part<X> part, List<Result> answers) {
    for (int i = 0; i < answers.size(); i++) {
      results[part.inputs()[i]] = answers.get(i);
    }
    open--;
  }

  boolean isComplete() {
    return open == 0;
  }

  int size() {
    return results.length;
  }

  X input(int index) {
    return inputs.get(index);
  }

  Result result(int index) {
    return Objects.requireNonNull(results[index]);
  }
}
