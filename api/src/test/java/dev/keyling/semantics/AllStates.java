package dev.keyling.semantics;

import dev.keyling.function.AggregateFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.AggregatingState;
import dev.keyling.state.AggregatingStateDescriptor;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;

/** One state of each kind. */
record AllStates(
    ValueState<Long> value,
    ListState<Long> list,
    MapState<String, Long> map,
    ReducingState<Long> reducing,
    AggregatingState<Long, List<Long>> aggregating) {

  static AllStates of(RuntimeContext ctx) {
    return new AllStates(
        ctx.getState(new ValueStateDescriptor<>("value", Types.LONG)),
        ctx.getListState(new ListStateDescriptor<>("list", Types.LONG)),
        ctx.getMapState(new MapStateDescriptor<>("map", Types.STRING, Types.LONG)),
        ctx.getReducingState(new ReducingStateDescriptor<>("reducing", Long::sum, Types.LONG)),
        ctx.getAggregatingState(
            new AggregatingStateDescriptor<>(
                "aggregating", AggregateFunction.<Long>toList(), Types.listOf(Types.LONG))));
  }

  /** Adds something to each. */
  void add(long n) {
    value.update(n);
    list.add(n);
    map.put("k" + n, n);
    map.put("last", n);
    reducing.add(n);
    aggregating.add(n);
  }

  void clear() {
    value.clear();
    list.clear();
    map.clear();
    reducing.clear();
    aggregating.clear();
  }
}
