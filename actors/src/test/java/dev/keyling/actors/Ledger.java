package dev.keyling.actors;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** A function for tests that does as it is told, with states of three kinds and timers. */
final class Ledger implements KeyedProcessFunction<String, Ledger.Order, String> {
  private final ValueState<Long> sum;
  private final ListState<Long> list;
  private final MapState<Long, String> map;

  Ledger(RuntimeContext ctx) {
    sum = ctx.getState(new ValueStateDescriptor<>("sum", Types.LONG));
    list = ctx.getListState(new ListStateDescriptor<>("list", Types.LONG));
    map = ctx.getMapState(new MapStateDescriptor<>("map", Types.LONG, Types.STRING));
  }

  /** What is to be done, and with which number. */
  record Order(What what, long number) {}

  enum What {
    SUM,
    APPEND,
    PUT,
    REMOVE,
    TIMER,
    NO_TIMER,
    CLEAR,
    THROW
  }

  static Order sum(long number) {
    return new Order(What.SUM, number);
  }

  @Override
  public void processElement(Order order, Context<String> ctx, Collector<String> out) {
    long number = order.number();
    switch (order.what()) {
      case SUM -> {
        Long before = sum.value();
        sum.update((before == null ? 0 : before) + number);
      }
      case APPEND -> list.add(number);
      case PUT -> map.put(number, "v" + number);
      case REMOVE -> map.remove(number);
      case TIMER -> ctx.timerService().registerProcessingTimeTimer(number);
      case NO_TIMER -> ctx.timerService().deleteProcessingTimeTimer(number);
      case CLEAR -> {
        sum.clear();
        list.clear();
        map.clear();
      }
      case THROW -> {
        sum.update(-1L);
        throw new IllegalStateException("told to throw");
      }
      default -> throw new IllegalArgumentException("unknown: " + order);
    }
    out.collect(ctx.getCurrentKey());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> out) {
    list.add(-timestamp);
  }
}
