package dev.keyling.window;

import dev.keyling.function.AggregateFunction;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.List;

/** One accumulator. */
record Aggregated<T, ACC, R, W extends Window>(AggregatingStateDescriptor<T, ACC, R> state)
    implements Contents<T, R, W> {

  @SuppressWarnings("unchecked") // who takes more takes this
  Aggregated(AggregateFunction<? super T, ACC, R> aggregate, TypeInformation<ACC> type) {
    this(
        new AggregatingStateDescriptor<>(
            "window.contents", (AggregateFunction<T, ACC, R>) aggregate, type));
  }

  @Override
  public void add(KeyedStateStore pane, T value, long timestamp) {
    pane.getAggregatingState(state).add(value);
  }

  @Override
  public void fire(KeyedStateStore pane, W window, Taker<R> taker) throws Exception {
    R result = pane.getAggregatingState(state).get();
    if (result != null) {
      taker.take(List.of(result));
    }
  }

  @Override
  public void clear(KeyedStateStore pane) {
    pane.getAggregatingState(state).clear();
  }

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(state);
  }
}
