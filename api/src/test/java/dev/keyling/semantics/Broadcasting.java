package dev.keyling.semantics;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.testing.KeyedTestHarness;
import java.util.function.Consumer;

/** Steps with broadcast elements: payments by user, limits for all. */
final class Broadcasting {
  static final int KEY_GROUPS = 128;
  static final OutputTag<String> SIDE = new OutputTag<>("side");
  static final MapStateDescriptor<String, Long> LIMITS =
      new MapStateDescriptor<>("limits", Types.STRING, Types.LONG);
  static final ValueStateDescriptor<Long> SUM = new ValueStateDescriptor<>("sum", Types.LONG);

  record Payment(String user, String kind, long amount) {}

  /** A limit for a kind of payments; negative ones are refused, zero takes the limit away. */
  record Limit(String kind, long amount) {}

  private Broadcasting() {}

  interface Step {
    KeyedStep<String, String> of(
        KeyedStream<String, Payment> in, dev.keyling.BroadcastStream<Limit> limits);
  }

  static KeyedTestHarness<String, Object, String> harness(boolean skips, Step step) {
    return KeyedTestHarness.ofStep(
        element -> element instanceof Payment payment ? payment.user() : "nobody",
        Types.STRING,
        both -> {
          KeyedStep<String, String> made =
              step.of(
                  both.filter(Payment.class::isInstance).map(Payment.class::cast),
                  both.filter(Limit.class::isInstance).map(Limit.class::cast).broadcast());
          if (skips) {
            made.deadLetters();
          }
          return made;
        });
  }

  /** Does with broadcast elements what a test wants. */
  record Scripted(
      RuntimeContext runtime, ValueState<Long> sum, Script script, Consumer<Object> seen)
      implements KeyedBroadcastProcessFunction<String, Payment, Limit, String> {

    interface Script {
      void run(
          Scripted self,
          Limit limit,
          KeyedBroadcastProcessFunction.BroadcastContext<String> ctx,
          Collector<String> out);
    }

    @Override
    public void processElement(
        Payment payment, ReadOnlyContext<String> ctx, Collector<String> out) {
      sum.update(payment.amount());
      ctx.getBroadcastState(LIMITS).immutableEntries().forEach(seen);
    }

    @Override
    public void processBroadcastElement(
        Limit limit, BroadcastContext<String> ctx, Collector<String> out) {
      script.run(this, limit, ctx, out);
    }
  }

  static KeyedTestHarness<String, Object, String> scripted(
      boolean skips, Consumer<Object> seen, Scripted.Script script) {
    return harness(
        skips,
        (in, limits) ->
            in.connect(limits)
                .process("step", ctx -> new Scripted(ctx, ctx.getState(SUM), script, seen)));
  }

  static Throwable causeOf(Scripted.Script script) {
    var harness = scripted(true, entry -> {}, script);
    harness.processElement(new Payment("a", "card", 3));
    harness.processElement(new Limit("card", 5));
    return harness.takeDeadLetters().get(0).cause();
  }
}
