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
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One state of each kind, all with the same time to live. */
record TtlStates(
    ValueState<Long> value,
    ListState<Long> list,
    MapState<String, Long> map,
    ReducingState<Long> reducing,
    AggregatingState<Long, List<Long>> aggregating) {

  static TtlStates of(RuntimeContext ctx, StateTtlConfig ttl) {
    return new TtlStates(
        ctx.getState(with(ttl, new ValueStateDescriptor<>("value", Types.LONG, 100L))),
        ctx.getListState(with(ttl, new ListStateDescriptor<>("list", Types.LONG))),
        ctx.getMapState(with(ttl, new MapStateDescriptor<>("map", Types.STRING, Types.LONG))),
        ctx.getReducingState(
            with(ttl, new ReducingStateDescriptor<>("reducing", Long::sum, Types.LONG))),
        ctx.getAggregatingState(
            with(
                ttl,
                new AggregatingStateDescriptor<>(
                    "aggregating", AggregateFunction.<Long>toList(), Types.listOf(Types.LONG)))));
  }

  static <D extends StateDescriptor<?>> D with(StateTtlConfig ttl, D descriptor) {
    descriptor.enableTimeToLive(ttl);
    return descriptor;
  }

  /** Adds something to each. */
  void add(long n) {
    value.update(n);
    list.add(n);
    map.put("k" + n, n);
    reducing.add(n);
    aggregating.add(n);
  }

  /** What a read of each gives. */
  record Seen(
      @Nullable Long value,
      List<Long> list,
      List<String> map,
      @Nullable Long reduced,
      @Nullable List<Long> aggregated) {
    static final Seen NOTHING = new Seen(null, List.of(), List.of(), null, null);
  }

  Seen read() {
    List<Long> elements = new ArrayList<>();
    list.get().forEach(elements::add);
    List<String> keys = new ArrayList<>();
    map.keys().forEach(keys::add);
    return new Seen(value.value(), elements, keys, reducing.get(), aggregating.get());
  }
}
