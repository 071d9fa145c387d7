package dev.keyling.window;

import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateNamespaces;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimerService;
import java.util.List;

/**
 * What a trigger sees of a window.
 *
 * @param own the states of the window
 * @param merged the names of the windows that have become this one
 */
record TriggerCall(
    StateNamespaces states,
    KeyedStateStore own,
    byte[] name,
    List<byte[]> merged,
    TimerService timerService)
    implements TriggerContext {

  static TriggerCall of(
      StateNamespaces states, Window window, List<byte[]> merged, TimerService timers) {
    byte[] name = WindowCode.namespace(window);
    return new TriggerCall(states, states.in(name), name, merged, timers);
  }

  @Override
  public void mergePartitionedState(StateDescriptor<?> state) {
    states.merge(state, name, merged);
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
    return own.getState(descriptor);
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
    return own.getListState(descriptor);
  }

  @Override
  public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> descriptor) {
    return own.getMapState(descriptor);
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
    return own.getReducingState(descriptor);
  }

  @Override
  public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
      AggregatingStateDescriptor<IN, ACC, OUT> descriptor) {
    return own.getAggregatingState(descriptor);
  }
}
