package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.DeadLetter;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.StateDescriptor;
import dev.keyling.state.StateTtlConfig;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.testing.TestingSource;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8 and O4: broadcast elements, and the state that they make. */
@Proves({"F8", "O4"})
class BroadcastTest {
  private static final int KEY_GROUPS = 128;
  private static final OutputTag<String> SIDE = new OutputTag<>("side");
  private static final MapStateDescriptor<String, Long> LIMITS =
      new MapStateDescriptor<>("limits", Types.STRING, Types.LONG);
  private static final ValueStateDescriptor<Long> SUM =
      new ValueStateDescriptor<>("sum", Types.LONG);

  private record Payment(String user, String kind, long amount) {}

  /** A limit for a kind of payments; negative ones are refused, zero takes the limit away. */
  private record Limit(String kind, long amount) {}

  /** Adds up what users pay, and says when it is over the limit of the kind of payment. */
  private static final class Limiting
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

  private static KeyedTestHarness<String, Object, String> limiting(boolean skips) {
    return harness(skips, (in, rules) -> in.connect(rules).process("limits", Limiting::new));
  }

  private interface Step {
    KeyedStep<String, String> of(
        KeyedStream<String, Payment> in, dev.keyling.BroadcastStream<Limit> limits);
  }

  private static KeyedTestHarness<String, Object, String> harness(boolean skips, Step step) {
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

  @LiveAndRestarting
  void everyKeySeesWhatWasBroadcastBefore(boolean restarting) {
    var harness = limiting(false);
    harness.restartEveryElement(restarting);
    harness.processElement(new Payment("a", "card", 10));
    harness.processElement(new Limit("card", 5), 7);
    harness.processElement(new Payment("a", "cash", 1));
    harness.processElement(new Payment("b", "card", 6), 8);
    harness.processElement(new Payment("a", "card", 1));
    assertThat(harness.takeTimestampedOutput())
        .containsExactly(
            new TimestampedValue<>("card at 7", 7L),
            new TimestampedValue<>("b 6 > 5", 8L),
            new TimestampedValue<>("a 12 > 5", null));
  }

  @LiveAndRestarting
  void everyKeyGroupHandlesEveryBroadcastElementOnce(boolean restarting) {
    var harness = limiting(false);
    harness.restartEveryElement(restarting);
    harness.processElement(new Limit("cash", 5));
    assertThat(harness.takeSideOutput(SIDE))
        .hasSize(2 * KEY_GROUPS)
        .contains("group 0", "group 77", "group 127");
  }

  @LiveAndRestarting
  void aStateIsChangedOnEveryKeyThatHoldsIt(boolean restarting) {
    var harness = limiting(false);
    harness.restartEveryElement(restarting);
    for (String user : List.of("a", "b", "c")) {
      harness.processElement(new Payment(user, "card", 10));
    }
    harness.processElement(new Limit("card", 5));
    harness.processElement(new Limit("nothing", 0));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isEqualTo(3);
    harness.takeOutput();
    harness.processElement(new Payment("a", "card", 5));
    harness.processElement(new Payment("b", "card", 6));
    assertThat(harness.takeOutput()).containsExactly("b 6 > 5");
  }

  @Test
  void aSnapshotHoldsTheBroadcastState() {
    var harness = limiting(false);
    harness.processElement(new Limit("card", 5));
    byte[] snapshot = harness.snapshot();
    harness.processElement(new Limit("card", 500));
    var restored = harness.restore(snapshot);
    restored.processElement(new Payment("a", "card", 6));
    assertThat(restored.takeOutput()).containsExactly("a 6 > 5");
  }

  @Test
  void theBroadcastStateIsNoKeyAndNoEntryOfOne() {
    var harness = limiting(false);
    harness.processElement(new Limit("card", 5));
    assertThat(harness.numKeyedStateEntries()).isZero();
    harness.processElement(new Payment("a", "card", 1));
    assertThat(harness.view("a").states()).isEqualTo(Map.of("sum", 1L));
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    harness.takeOutput();
    harness.endInput();
    assertThat(harness.takeOutput()).containsExactly("a timer");
  }

  @Test
  void whatThrowsIsSkippedWithoutAKeyAndLeavesNoTrace() {
    var harness = limiting(true);
    harness.processElement(new Limit("card", 5));
    harness.takeSideOutput(SIDE);
    harness.processElement(new Limit("card", -1));
    List<DeadLetter> letters = harness.takeDeadLetters();
    assertThat(letters).hasSize(KEY_GROUPS);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.key()).isNull();
              assertThat(letter.element()).isEqualTo(new Limit("card", -1));
              assertThat(letter.cause()).hasMessage("a negative limit");
            });
    assertThat(harness.takeSideOutput(SIDE)).isEmpty();
    harness.processElement(new Payment("a", "card", 6));
    assertThat(harness.takeOutput()).contains("a 6 > 5");
  }

  @Test
  void whatThrowsFailsTheStepThatDoesNotSkip() {
    var harness = limiting(false);
    assertThatThrownBy(() -> harness.processElement(new Limit("card", -1)))
        .isInstanceOf(StepFailure.class)
        .hasMessage(
            "dataflow \"test\" step \"limits\": processBroadcastElement threw"
                + " java.lang.IllegalArgumentException: a negative limit on Limit[kind=card,"
                + " amount=-1]");
  }

  /** Does with broadcast elements what a test wants. */
  private record Scripted(
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

  private static KeyedTestHarness<String, Object, String> scripted(
      boolean skips, Consumer<Object> seen, Scripted.Script script) {
    return harness(
        skips,
        (in, limits) ->
            in.connect(limits)
                .process("step", ctx -> new Scripted(ctx, ctx.getState(SUM), script, seen)));
  }

  private static Throwable causeOf(Scripted.Script script) {
    var harness = scripted(true, entry -> {}, script);
    harness.processElement(new Payment("a", "card", 3));
    harness.processElement(new Limit("card", 5));
    return harness.takeDeadLetters().get(0).cause();
  }

  @Test
  void theStatesOfKeysAreRefusedToBroadcastElements() {
    assertThat(causeOf((self, limit, ctx, out) -> self.sum().value()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "dataflow \"test\" step \"step\": a broadcast element has no key, so"
                + " processBroadcastElement has no keyed state; use applyToKeyedState to reach it"
                + " on every key");
    assertThat(causeOf((self, limit, ctx, out) -> self.sum().update(1L)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void timersAreRefusedToBroadcastElementsAndClocksAreNot() {
    assertThat(
            causeOf((self, limit, ctx, out) -> ctx.timerService().registerProcessingTimeTimer(1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("dataflow \"test\" step \"step\": timers belong to keys");
    List<Object> seen = new ArrayList<>();
    var harness =
        scripted(
            false,
            entry -> {},
            (self, limit, ctx, out) -> {
              seen.add(ctx.timerService().currentWatermark());
              seen.add(ctx.timerService().currentProcessingTime());
            });
    harness.setProcessingTime(9);
    harness.processWatermark(4);
    harness.processElement(new Limit("card", 5));
    assertThat(seen).startsWith(4L, 9L).hasSize(2 * KEY_GROUPS);
  }

  @Test
  void aDescriptorOfAnotherTypeIsRefusedWithBoth() {
    assertThat(
            causeOf(
                (self, limit, ctx, out) ->
                    ctx.applyToKeyedState(
                        new ListStateDescriptor<>("sum", Types.LONG), (key, state) -> {})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declares the state \"sum\" twice");
    assertThat(
            causeOf(
                (self, limit, ctx, out) ->
                    ctx.getBroadcastState(
                        new MapStateDescriptor<>("sum", Types.STRING, Types.LONG))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declares the state \"sum\" twice");
  }

  private static <D extends StateDescriptor<?>> D aging(D descriptor) {
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(10).build());
    return descriptor;
  }

  @Test
  void aBroadcastStateWithATimeToLiveIsRefused() {
    var limits = aging(new MapStateDescriptor<>("limits", Types.STRING, Types.LONG));
    assertThat(causeOf((self, limit, ctx, out) -> ctx.getBroadcastState(limits)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "step \"step\": the broadcast state \"limits\" cannot have a time to live");
  }

  @Test
  void aKeyWhoseStateHasExpiredDoesNotHoldIt() {
    var sum = aging(new ValueStateDescriptor<>("sum", Types.LONG));
    List<String> updated = new ArrayList<>();
    KeyedTestHarness<String, Object, String> harness =
        harness(
            false,
            (in, limits) ->
                in.connect(limits)
                    .process(
                        "step",
                        ctx ->
                            new Scripted(
                                ctx,
                                ctx.getState(sum),
                                (self, limit, context, out) ->
                                    context.applyToKeyedState(
                                        sum, (key, state) -> updated.add(key)),
                                entry -> {})));
    harness.processElement(new Payment("old", "card", 1));
    harness.setProcessingTime(9);
    harness.processElement(new Payment("young", "card", 1));
    harness.setProcessingTime(10);
    harness.processElement(new Limit("card", 5));
    assertThat(updated).containsExactly("young");
  }

  @Test
  void anUpdateThatThrowsIsUndoneForThatKeyAlone() {
    var harness =
        scripted(
            true,
            entry -> {},
            (self, limit, ctx, out) ->
                ctx.applyToKeyedState(
                    SUM,
                    (key, sum) -> {
                      sum.update(99L);
                      if (key.equals("b")) {
                        throw new IllegalStateException("not b");
                      }
                    }));
    for (String user : List.of("a", "b", "c")) {
      harness.processElement(new Payment(user, "card", 1));
    }
    harness.processElement(new Limit("card", 5));
    assertThat(harness.view("a").states()).containsEntry("sum", 99L);
    assertThat(harness.view("b").states()).containsEntry("sum", 1L);
    assertThat(harness.view("c").states()).containsEntry("sum", 99L);
    assertThat(harness.takeDeadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).isEqualTo("b");
              assertThat(letter.element()).isEqualTo(new Limit("card", 5));
            });
  }

  @Test
  void theCollectorOfABroadcastElementIsClosedWhenKeysAreUpdated() {
    var harness =
        scripted(
            true,
            entry -> {},
            (self, limit, ctx, out) ->
                ctx.applyToKeyedState(SUM, (key, sum) -> out.collect("too late")));
    harness.processElement(new Payment("a", "card", 1));
    harness.processElement(new Limit("card", 5));
    assertThat(harness.takeOutput()).isEmpty();
    assertThat(harness.takeDeadLetters().get(0).cause())
        .isInstanceOf(IllegalStateException.class);
  }

  @LiveAndRestarting
  void entriesComeInTheOrderOfTheirKeysAndCannotBeSet(boolean restarting) {
    List<Object> seen = new ArrayList<>();
    var harness =
        scripted(
            false,
            seen::add,
            (self, limit, ctx, out) -> {
              BroadcastState<String, Long> limits = ctx.getBroadcastState(LIMITS);
              if (limit.amount() == 0) {
                limits.clear();
              }
              limits.put(limit.kind(), limit.amount() == 1 ? null : limit.amount());
            });
    harness.restartEveryElement(restarting);
    harness.processElement(new Limit("lost", 2));
    harness.processElement(new Limit("b", 0));
    harness.processElement(new Limit("c", 1));
    harness.processElement(new Limit("a", 3));
    harness.processElement(new Payment("x", "card", 1));
    assertThat(seen).hasToString("[a=3, b=0, c=null]");
    @SuppressWarnings("unchecked") // they are entries of the limits
    Map.Entry<String, Long> entry = (Map.Entry<String, Long>) seen.get(0);
    assertThatThrownBy(() -> entry.setValue(9L)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void valuesThatCanChangeAreCopies() {
    MapStateDescriptor<String, byte[]> bytes =
        new MapStateDescriptor<>("bytes", Types.STRING, Types.BYTES);
    List<String> seen = new ArrayList<>();
    KeyedTestHarness<String, Object, String> harness =
        harness(
            false,
            (in, limits) ->
                in.connect(limits)
                    .process(
                        "step",
                        ctx ->
                            new KeyedBroadcastProcessFunction<String, Payment, Limit, String>() {
                              @Override
                              public void processElement(
                                  Payment value,
                                  ReadOnlyContext<String> context,
                                  Collector<String> out) {
                                byte[] found =
                                    Objects.requireNonNull(
                                        context.getBroadcastState(bytes).get("k"));
                                seen.add(value.user() + found[0]);
                                found[0] = 99;
                              }

                              @Override
                              public void processBroadcastElement(
                                  Limit value,
                                  BroadcastContext<String> context,
                                  Collector<String> out) {
                                byte[] given = {(byte) value.amount()};
                                context.getBroadcastState(bytes).put("k", given);
                                given[0] = 77;
                              }
                            }));
    harness.processElement(new Limit("card", 5));
    harness.processElement(new Payment("a", "card", 1));
    harness.processElement(new Payment("a", "card", 1));
    assertThat(seen).containsExactly("a5", "a5");
  }

  @Test
  void aKeyedStepBehindNeedsKeysAgain() {
    Consumer<Boolean> run =
        keyed -> {
          Dataflow flow = Dataflow.named("shop");
          KeyedStream<String, String> said =
              flow.from("payments", TestingSource.<Payment>of())
                  .keyBy(Payment::user)
                  .connect(flow.fromCollection("rules", List.of(new Limit("x", 1))).broadcast())
                  .process("limits", Limiting::new);
          (keyed ? said.keyBy(text -> text) : said)
              .process("next", ctx -> (value, context, out) -> {})
              .print("out");
          dev.keyling.testing.DataflowTestHarness.of(flow).run();
        };
    run.accept(true);
    assertThatThrownBy(() -> run.accept(false))
        .hasMessageContaining("step \"next\"")
        .hasMessageContaining("what a step emits for a broadcast element has no key either");
  }

  @Test
  void aBroadcastStreamOfAnotherDataflowIsRefused() {
    KeyedStream<String, Payment> payments =
        Dataflow.named("shop").from("payments", TestingSource.<Payment>of()).keyBy(Payment::user);
    assertThatThrownBy(
            () ->
                payments.connect(
                    Dataflow.named("bank").from("limits", TestingSource.<Limit>of()).broadcast()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Dataflow shop: connect takes a stream of the same dataflow");
  }
}
