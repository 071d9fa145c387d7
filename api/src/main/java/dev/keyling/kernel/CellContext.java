package dev.keyling.kernel;

import dev.keyling.function.OperatorContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.StateNamespaces;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.time.InstantSource;
import java.util.Optional;

/** What a function gets when it is made for a key, or for a partition of an operator. */
record CellContext(
    StepDefinition<?, ?, ?> definition,
    int keyGroup,
    int attempt,
    InstantSource clock,
    CellStates states)
    implements RuntimeContext, OperatorContext {

  @Override
  public String dataflowName() {
    return definition.dataflow();
  }

  @Override
  public String stepId() {
    return definition.stepId();
  }

  @Override
  public int numberOfKeyGroups() {
    return definition.keyGroups();
  }

  @Override
  public int partition() {
    return keyGroup;
  }

  @Override
  public int numberOfPartitions() {
    return definition.keyGroups();
  }

  @Override
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(definition.parameters().get(name));
  }

  @Override
  public boolean isRestored() {
    return states.begin().isRestored();
  }

  @Override
  public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
    return states.getUnionListState(descriptor);
  }

  @Override
  public ValueState<byte[]> getRawState(String name) {
    return getState(new ValueStateDescriptor<>(name, Types.BYTES));
  }

  @Override
  public StateNamespaces namespaces() {
    return states;
  }

  @Override
  public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
    return states.root().getState(descriptor);
  }

  @Override
  public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
    return states.root().getListState(descriptor);
  }

  @Override
  public <UK, UV> MapState<UK, UV> getMapState(MapStateDescriptor<UK, UV> descriptor) {
    return states.root().getMapState(descriptor);
  }

  @Override
  public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
    return states.root().getReducingState(descriptor);
  }

  @Override
  public <IN, ACC, OUT> AggregatingState<IN, OUT> getAggregatingState(
      AggregatingStateDescriptor<IN, ACC, OUT> descriptor) {
    return states.root().getAggregatingState(descriptor);
  }
}
