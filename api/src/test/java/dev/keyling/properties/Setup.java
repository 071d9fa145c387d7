package dev.keyling.properties;

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
import dev.keyling.state.StateTtlConfig.StateVisibility;
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.StateTtlConfig.UpdateType;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;

/**
 * How the states of a random program are declared.
 *
 * @param ttl in ms; 0 for none
 */
record Setup(long ttl, UpdateType update, StateVisibility visibility, TtlTimeCharacteristic time) {

  boolean expires() {
    return ttl > 0 && update != UpdateType.Disabled;
  }

  boolean inEventTime() {
    return time == TtlTimeCharacteristic.EventTime;
  }

  boolean readsStamp() {
    return update == UpdateType.OnReadAndWrite;
  }

  boolean showsExpired() {
    return visibility == StateVisibility.ReturnExpiredIfNotCleanedUp;
  }

  /** What is returned once although it is expired must not be swept before, or nobody can tell. */
  private StateTtlConfig config() {
    if (!expires()) {
      return StateTtlConfig.DISABLED;
    }
    StateTtlConfig.Builder builder =
        StateTtlConfig.newBuilder(ttl)
            .setUpdateType(update)
            .setStateVisibility(visibility)
            .setTtlTimeCharacteristic(time);
    return (showsExpired() ? builder.disableCleanupInBackground() : builder).build();
  }

  /** One state of each kind. */
  record States(
      ValueState<Long> value,
      ListState<Long> list,
      MapState<String, Long> map,
      ReducingState<Long> reducing,
      AggregatingState<Long, List<Long>> aggregating) {}

  States declare(RuntimeContext ctx) {
    return new States(
        ctx.getState(with(new ValueStateDescriptor<>("value", Types.LONG))),
        ctx.getListState(with(new ListStateDescriptor<>("list", Types.LONG))),
        ctx.getMapState(with(new MapStateDescriptor<>("map", Types.STRING, Types.LONG))),
        ctx.getReducingState(
            with(new ReducingStateDescriptor<>("reducing", Long::sum, Types.LONG))),
        ctx.getAggregatingState(
            with(
                new AggregatingStateDescriptor<>(
                    "aggregating", AggregateFunction.<Long>toList(), Types.listOf(Types.LONG)))));
  }

  private <D extends StateDescriptor<?>> D with(D descriptor) {
    descriptor.enableTimeToLive(config());
    return descriptor;
  }
}
