package dev.keyling.kernel;

import dev.keyling.state.AggregatingState;
import dev.keyling.state.ListState;
import dev.keyling.state.ReducingState;
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import java.util.ArrayList;
import java.util.List;

/** Puts a state of one namespace into the same state of another, and clears it there. */
final class Merging {
  private Merging() {}

  @SuppressWarnings("unchecked") // both are handles of the one descriptor
  static void merge(
      State into, State from, StateDescriptor<?> descriptor, StepDefinition<?, ?, ?> definition) {
    if (into instanceof ListState<?>) {
      List<Object> elements = new ArrayList<>();
      ((ListState<Object>) from).get().forEach(elements::add);
      ((ListState<Object>) into).addAll(elements);
    } else if (into instanceof ReducingState<?>) {
      Object reduced = ((ReducingState<Object>) from).get();
      if (reduced != null) {
        ((ReducingState<Object>) into).add(reduced);
      }
    } else if (into instanceof AggregatingState<?, ?>) {
      ((AggregatingHandle<Object, Object, Object>) into)
          .merge((AggregatingHandle<Object, Object, Object>) from);
    } else {
      throw new IllegalArgumentException(
          "%s: the state \"%s\" is a %s, and only list, reducing and aggregating states can be merged"
              .formatted(definition.where(), descriptor.getName(), descriptor.describe()));
    }
    from.clear();
  }
}
