package dev.keyling.examples.programs;

import static java.util.Objects.requireNonNull;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;

/** Adds up what each user has paid: a {@link ReducingState}. */
public final class RunningTotals implements MapFunction<Payment, RunningTotals.Total> {

  /** What a user has paid by now. */
  public record Total(String user, long total) {}

  private final ReducingState<Long> total;

  RunningTotals(RuntimeContext ctx) {
    total =
        ctx.getReducingState(new ReducingStateDescriptor<>("total", Math::addExact, Types.LONG));
  }

  /** Gives the new total for every payment. */
  public static KeyedStep<String, Total> of(DataStream<Payment> payments) {
    return payments.keyBy(Payment::user).map("totals", RunningTotals::new);
  }

  @Override
  public Total map(Payment payment) {
    total.add(payment.amount());
    return new Total(payment.user(), requireNonNull(total.get()));
  }
}
