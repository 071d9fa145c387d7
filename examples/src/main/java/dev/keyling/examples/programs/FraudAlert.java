package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;

/** Alerts when a user pays 10000 or more above the payment before: a {@link ValueState}. */
public final class FraudAlert implements KeyedProcessFunction<String, Payment, FraudAlert.Alert> {
  private static final long SUSPICIOUS_RISE = 10_000;

  /** A suspicious payment. */
  public record Alert(String user, long previous, long amount, long difference) {}

  private final ValueState<Long> previous;

  FraudAlert(RuntimeContext ctx) {
    previous = ctx.getState(new ValueStateDescriptor<>("previous", Types.LONG));
  }

  /** Gives the alerts for a stream of payments. */
  public static KeyedStep<String, Alert> of(DataStream<Payment> payments) {
    return payments.keyBy(Payment::user).process("alerts", FraudAlert::new);
  }

  @Override
  public void processElement(Payment payment, Context<String> ctx, Collector<Alert> out) {
    Long before = previous.value();
    if (before != null) {
      long difference = Math.subtractExact(payment.amount(), before);
      if (difference >= SUSPICIOUS_RISE) {
        out.collect(new Alert(ctx.getCurrentKey(), before, payment.amount(), difference));
      }
    }
    previous.update(payment.amount());
  }
}
