package dev.keyling.window;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.List;

/** All elements, in the order in which they came. */
record Listed<T, W extends Window>(ListStateDescriptor<T> state) implements Contents<T, T, W> {

  Listed(TypeInformation<T> type) {
    this(new ListStateDescriptor<>("window.contents", type));
  }

  @Override
  public void add(KeyedStateStore pane, T value, long timestamp) {
    pane.getListState(state).add(value);
  }

  @Override
  public void fire(KeyedStateStore pane, W window, Taker<T> taker) throws Exception {
    Iterable<T> elements = pane.getListState(state).get();
    if (elements.iterator().hasNext()) {
      taker.take(elements);
    }
  }

  @Override
  public void clear(KeyedStateStore pane) {
    pane.getListState(state).clear();
  }

  @Override
  public List<StateDescriptor<?>> states() {
    return List.of(state);
  }
}
