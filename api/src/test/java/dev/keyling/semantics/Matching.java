package dev.keyling.semantics;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** A step on two keyed streams: orders and what is paid for them. */
final class Matching {
  static final OutputTag<String> SIDE = new OutputTag<>("side");

  record Order(String id, String goods) {}

  record Payment(String order, long amount) {}

  /** Says what has been paid; what waits for its other half too long goes to the side. */
  static final class Match implements KeyedCoProcessFunction<String, Order, Payment, String> {
    private final ValueState<String> goods;
    private final ValueState<Long> paid;

    Match(RuntimeContext ctx) {
      goods = ctx.getState(new ValueStateDescriptor<>("goods", Types.STRING));
      paid = ctx.getState(new ValueStateDescriptor<>("paid", Types.LONG));
    }

    @Override
    public void processElement1(Order order, Context<String> ctx, Collector<String> out) {
      if (order.goods().isEmpty()) {
        goods.update("nothing");
        throw new IllegalArgumentException("an empty order");
      }
      goods.update(order.goods());
      complete(ctx, out);
    }

    @Override
    public void processElement2(Payment payment, Context<String> ctx, Collector<String> out) {
      paid.update(payment.amount());
      complete(ctx, out);
    }

    private void complete(Context<String> ctx, Collector<String> out) {
      if (goods.value() != null && paid.value() != null) {
        out.collect(ctx.getCurrentKey() + ": " + goods.value() + " for " + paid.value());
        goods.clear();
        paid.clear();
        ctx.timerService().deleteEventTimeTimer(100);
      } else {
        ctx.timerService().registerEventTimeTimer(100);
      }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> out) {
      ctx.output(SIDE, ctx.getCurrentKey() + (paid.value() == null ? " unpaid" : " unordered"));
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " is left");
    }
  }

  private Matching() {}

  static String orderOf(Object element) {
    return element instanceof Order order ? order.id() : ((Payment) element).order();
  }

  /** Parts one stream in the two, and connects these. */
  static KeyedStep<String, String> step(KeyedStream<String, Object> both) {
    return both.filter(Order.class::isInstance)
        .map(Order.class::cast)
        .connect(both.filter(Payment.class::isInstance).map(Payment.class::cast))
        .process("match", Match::new);
  }
}
