package dev.keyling.window;

import dev.keyling.function.ReduceFunction;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.List;

/** One value: the reduction of all elements. */
record Reduced<T, W extends Window>(ReducingStateDescriptor<T> state) implements Contents<T, T, W> {

  Reduced(ReduceFunction<T> reducer, TypeInformation<T> type) {
    this(new ReducingStateDescriptor<>("window.contents", reducer, type));
  }

  @Override
  public void add(KeyedStateStore pane, T value, long timestamp) {
    pane.getReducingState(state).add(value);
  }

  @Override
  public void fire(KeyedStateStore pane, W window, Taker<T> taker) throws Exception {
    T reduced = pane.getReducingState(state).get();
    if (reduced != null) {
      taker.take(List.of(reduced));
    }
  }

  @Override
  public void clear(KeyedStateStore pane) {
    pane.getReducingState(state).clear();
  }

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(state);
  }
}
