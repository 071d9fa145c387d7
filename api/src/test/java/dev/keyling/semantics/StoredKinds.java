package dev.keyling.semantics;

import dev.keyling.function.RuntimeContext;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.State;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;

/** States of any kind, all of lists of numbers. */
final class StoredKinds {
  private StoredKinds() {}

  static State declare(RuntimeContext ctx, StateDescriptor<?> descriptor) {
    if (descriptor instanceof ValueStateDescriptor<?> value) {
      return ctx.getState(value);
    } else if (descriptor instanceof ListStateDescriptor<?> list) {
      return ctx.getListState(list);
    } else if (descriptor instanceof MapStateDescriptor<?, ?> map) {
      return ctx.getMapState(map);
    } else if (descriptor instanceof ReducingStateDescriptor<?> reducing) {
      return ctx.getReducingState(reducing);
    }
    return ctx.getAggregatingState((AggregatingStateDescriptor<?, ?, ?>) descriptor);
  }

  @SuppressWarnings("unchecked") // the test declares them so
  static void fill(State state) {
    List<Long> numbers = List.of(1L, 2L);
    if (state instanceof ValueState<?>) {
      ((ValueState<List<Long>>) state).update(numbers);
    } else if (state instanceof ListState<?>) {
      ((ListState<List<Long>>) state).add(numbers);
    } else if (state instanceof MapState<?, ?>) {
      ((MapState<List<Long>, List<Long>>) state).put(numbers, numbers);
    } else if (state instanceof ReducingState<?>) {
      ((ReducingState<List<Long>>) state).add(numbers);
    } else {
      ((AggregatingState<Long, List<Long>>) state).add(1L);
    }
  }
}
