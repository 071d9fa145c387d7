package dev.keyling.golden;

import dev.keyling.function.AggregateFunction;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
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
import dev.keyling.state.StateTtlConfig.TtlTimeCharacteristic;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;

/** Remembers in a state of each kind in processing time and in event time; all live 100 ms. */
final class AgingStates implements KeyedProcessFunction<String, Long, String> {
  private final Aging processing;
  private final Aging event;

  AgingStates(RuntimeContext ctx) {
    processing = Aging.of(ctx, TtlTimeCharacteristic.ProcessingTime);
    event = Aging.of(ctx, TtlTimeCharacteristic.EventTime);
  }

  @Override
  public void processElement(Long number, Context<String> ctx, Collector<String> out) {
    processing.add(number);
    event.add(number);
  }

  private record Aging(
      ValueState<Long> value,
      ListState<Long> list,
      MapState<String, Long> map,
      ReducingState<Long> reducing,
      AggregatingState<Long, List<Long>> aggregating) {

    static Aging of(RuntimeContext ctx, TtlTimeCharacteristic time) {
      String name = time == TtlTimeCharacteristic.EventTime ? "event" : "processing";
      return new Aging(
          ctx.getState(aging(time, new ValueStateDescriptor<>(name + "-value", Types.LONG))),
          ctx.getListState(aging(time, new ListStateDescriptor<>(name + "-list", Types.LONG))),
          ctx.getMapState(
              aging(time, new MapStateDescriptor<>(name + "-map", Types.STRING, Types.LONG))),
          ctx.getReducingState(
              aging(
                  time, new ReducingStateDescriptor<>(name + "-reducing", Long::sum, Types.LONG))),
          ctx.getAggregatingState(
              aging(
                  time,
                  new AggregatingStateDescriptor<>(
                      name + "-aggregating",
                      AggregateFunction.<Long>toList(),
                      Types.listOf(Types.LONG)))));
    }

    private static <D extends StateDescriptor<?>> D aging(TtlTimeCharacteristic time, D state) {
      state.enableTimeToLive(StateTtlConfig.newBuilder(100).setTtlTimeCharacteristic(time).build());
      return state;
    }

    @SuppressWarnings("NullAway") // a null value is a value in a map state
    void add(long number) {
      value.update(number);
      list.add(number);
      map.put("k" + number, number == 2 ? null : number);
      reducing.add(number);
      aggregating.add(number);
    }
  }
}
