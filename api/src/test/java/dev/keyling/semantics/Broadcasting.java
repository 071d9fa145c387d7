package dev.keyling.semantics;

import dev.keyling.BroadcastStream;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.testing.KeyedTestHarness;
import java.util.Objects;
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
    KeyedStep<String, String> of(KeyedStream<String, Payment> in, BroadcastStream<Limit> limits);
  }

  private static String userOf(Object element) {
    return element instanceof Payment payment ? payment.user() : "nobody";
  }

  private static KeyedStream<String, Payment> payments(KeyedStream<String, Object> both) {
    return both.filter(Payment.class::isInstance).map(Payment.class::cast);
  }

  private static BroadcastStream<Limit> limits(KeyedStream<String, Object> both) {
    return both.filter(Limit.class::isInstance).map(Limit.class::cast).broadcast();
  }

  static KeyedTestHarness<String, Object, String> harness(boolean skips, Step step) {
    return KeyedTestHarness.ofStep(
        Broadcasting::userOf,
        Types.STRING,
        both -> {
          KeyedStep<String, String> made = step.of(payments(both), limits(both));
          if (skips) {
            made.deadLetters();
          }
          return made;
        });
  }

  /** Adds up what users pay, and says when it is over the limit of the kind of payment. */
  static final class Limiting
      implements KeyedBroadcastProcessFunction<String, Payment, Limit, String> {
    private final ValueState<Long> sum;
    private final int group;

    Limiting(RuntimeContext ctx) {
      sum = ctx.getState(SUM);
      group = ctx.keyGroup();
    }

    @Override
    public void processElement(
        Payment payment, ReadOnlyContext<String> ctx, Collector<String> out) {
      long now = Objects.requireNonNullElse(sum.value(), 0L) + payment.amount();
      sum.update(now);
      Long limit = ctx.getBroadcastState(LIMITS).get(payment.kind());
      if (limit != null && now > limit) {
        out.collect(ctx.getCurrentKey() + " " + now + " > " + limit);
      }
      ctx.timerService().registerEventTimeTimer(100);
    }

    @Override
    public void processBroadcastElement(
        Limit limit, BroadcastContext<String> ctx, Collector<String> out) {
      BroadcastState<String, Long> limits = ctx.getBroadcastState(LIMITS);
      if (limit.amount() == 0) {
        limits.remove(limit.kind());
        ctx.applyToKeyedState(SUM, (user, state) -> state.clear());
      } else {
        limits.put(limit.kind(), limit.amount());
        ctx.output(SIDE, "not to be seen when it throws");
        if (limit.amount() < 0) {
          throw new IllegalArgumentException("a negative limit");
        }
      }
      if (group == 0) {
        out.collect(limit.kind() + " at " + ctx.timestamp());
      }
      ctx.output(SIDE, "group " + group);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " timer");
    }
  }

  /** Parts one stream in payments and limits, and runs the step {@code "limits"} on them. */
  static StepUnderTest<String, Object, String> limiting() {
    return StepUnderTest.<String, Object, String>ofStep(
        Broadcasting::userOf,
        Types.STRING,
        both -> payments(both).connect(limits(both)).process("limits", Limiting::new));
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
