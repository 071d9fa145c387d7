package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/**
 * Refuses purchases that bring a user above the limit of the user's tier: a stream of purchases by
 * user, and a broadcast stream of limits, which every key group keeps.
 */
public final class SpendingLimits
    implements KeyedBroadcastProcessFunction<
        String, SpendingLimits.Purchase, SpendingLimits.Limit, SpendingLimits.Refusal> {

  private static final MapStateDescriptor<String, Long> LIMITS =
      new MapStateDescriptor<>("limits", Types.STRING, Types.LONG);
  private static final ValueStateDescriptor<Long> SPENT =
      new ValueStateDescriptor<>("spent", Types.LONG);

  /** What a user of a tier wants to buy. */
  public record Purchase(String user, String tier, long amount) {}

  /** From now on users of a tier may spend so much; all users begin at nothing again. */
  public record Limit(String tier, long amount) {}

  /** A purchase that would have been too much. */
  public record Refusal(String user, long amount, long spent, long limit) {}

  private final ValueState<Long> spent;

  SpendingLimits(RuntimeContext ctx) {
    spent = ctx.getState(SPENT);
  }

  /** Gives the purchases that are refused. Without a limit for the tier none is. */
  public static KeyedStep<String, Refusal> of(
      DataStream<Purchase> purchases, DataStream<Limit> limits) {
    return purchases
        .keyBy(Purchase::user)
        .connect(limits.broadcast())
        .process("limits", SpendingLimits::new);
  }

  @Override
  public void processElement(
      Purchase purchase, ReadOnlyContext<String> ctx, Collector<Refusal> out) {
    Long limit = ctx.getBroadcastState(LIMITS).get(purchase.tier());
    Long before = spent.value();
    long already = before == null ? 0 : before;
    long sum = Math.addExact(already, purchase.amount());
    if (limit != null && sum > limit) {
      out.collect(new Refusal(purchase.user(), purchase.amount(), already, limit));
    } else {
      spent.update(sum);
    }
  }

  @Override
  public void processBroadcastElement(
      Limit limit, BroadcastContext<String> ctx, Collector<Refusal> out) {
    BroadcastState<String, Long> limits = ctx.getBroadcastState(LIMITS);
    limits.put(limit.tier(), limit.amount());
    ctx.applyToKeyedState(SPENT, (user, sum) -> sum.clear());
  }
}
