package dev.keyling.examples.cli;

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
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimerService;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function with a state of every kind, which does what its elements say. */
final class Clerk implements KeyedProcessFunction<String, Clerk.Order, String> {
  final ValueState<Visit> last;
  final ListState<Integer> pages;
  final MapState<String, Long> cart;
  final ReducingState<Long> total;
  final AggregatingState<Integer, List<Integer>> prices;

  /**
   * What is to be done with a key.
   *
   * @param number a key for another step
   */
  record Order(String user, long number, Act act) {}

  /** Does it. */
  interface Act {
    void on(Clerk clerk, TimerService timers) throws Exception;
  }

  /** A type of the user's. */
  record Visit(String page, int count, List<String> tags, @Nullable String referrer) {}

  Clerk(RuntimeContext ctx) {
    ValueStateDescriptor<Visit> visit = new ValueStateDescriptor<>("last", Visit.class);
    visit.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofDays(30)).build());
    last = ctx.getState(visit);
    pages = ctx.getListState(new ListStateDescriptor<>("pages", Types.INT));
    cart = ctx.getMapState(new MapStateDescriptor<>("cart", Types.STRING, Types.LONG));
    total = ctx.getReducingState(new ReducingStateDescriptor<>("total", Long::sum, Types.LONG));
    prices =
        ctx.getAggregatingState(
            new AggregatingStateDescriptor<>(
                "prices", AggregateFunction.toList(), Types.listOf(Types.INT)));
  }

  @Override
  public void processElement(Order order, Context<String> ctx, Collector<String> out)
      throws Exception {
    order.act().on(this, ctx.timerService());
  }
}
