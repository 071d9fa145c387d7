package dev.keyling.examples.programs;

import dev.keyling.Dataflow;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Sources;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.List;

/** A whole program: alerts when a user pays 10000 or more above the payment before. */
public final class FirstProgram {
  record Payment(String user, long amount) {}

  /** What happens to one user. There is one such object per user, made when it is needed. */
  static final class FraudAlert implements KeyedProcessFunction<String, Payment, String> {
    private final ValueState<Long> previous;

    FraudAlert(RuntimeContext ctx) {
      previous = ctx.getState(new ValueStateDescriptor<>("previous", Types.LONG));
    }

    @Override
    public void processElement(Payment payment, Context<String> ctx, Collector<String> out) {
      Long before = previous.value();
      if (before != null && payment.amount() - before >= 10_000) {
        out.collect(ctx.getCurrentKey() + " " + before + " -> " + payment.amount());
      }
      previous.update(payment.amount());
    }
  }

  public static void main(String[] args) {
    List<Payment> payments =
        List.of(
            new Payment("user1", 5000),
            new Payment("user2", 2000),
            new Payment("user1", 7000),
            new Payment("user1", 110000));
    Dataflow flow = Dataflow.named("fraud");
    flow.from("payments", Sources.collection(payments))
        .keyBy(Payment::user)
        .process("alerts", FraudAlert::new)
        .to("print", Sinks.print());
    flow.execute();
  }

  private FirstProgram() {}
}
