package dev.keyling.semantics;

import static dev.keyling.semantics.Broadcasting.KEY_GROUPS;
import static dev.keyling.semantics.Broadcasting.LIMITS;
import static dev.keyling.semantics.Broadcasting.SIDE;
import static dev.keyling.semantics.Broadcasting.SUM;
import static dev.keyling.semantics.Broadcasting.harness;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.DeadLetter;
import dev.keyling.KeyedStream;
import dev.keyling.function.Collector;
import dev.keyling.function.KeyedBroadcastProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.Broadcasting.Limit;
import dev.keyling.semantics.Broadcasting.Payment;
import dev.keyling.state.BroadcastState;
import dev.keyling.state.ValueState;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.testing.TestingSource;
import dev.keyling.time.TimestampedValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8 and O4: broadcast elements, and the state that they make. */
@Proves({"F8", "O4"})
class BroadcastTest {
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
