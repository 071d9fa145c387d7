package dev.keyling.state;

/**
 * Gives the states of one key by their descriptors. Asking again for the same name gives the same
 * state; the same name with another kind or type is refused with {@link IllegalArgumentException}.
 */
public interface KeyedStateStore {

  /** Returns the value state of this name. */
  <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor);

  /** Returns the list state of this name. */
  <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

  /** Returns the map state of this name. */
  <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> descriptor);

  /** Returns the reducing state of this name. */
  <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor);

  /** Returns the aggregating state of this name. */
  <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
      AggregatingStateDescriptor<IN, ACC, OUT> descriptor);
}
