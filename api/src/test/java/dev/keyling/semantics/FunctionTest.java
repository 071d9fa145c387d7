package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS F1, F2, F3. */
class FunctionTest {
  private static final OutputTag<String> SIDE = new OutputTag<>("side");

  /** Tells what happens to it, and emits what it sees. */
  private static final class Witness implements KeyedProcessFunction<String, String, String> {
    private final List<String> life;

    Witness(List<String> life) {
      this.life = life;
      life.add("made");
    }

    @Override
    public void processElement(String value, Context<String> ctx, Collector<String> out) {
      life.add("element " + value);
      out.collect(ctx.getCurrentKey() + " " + ctx.timestamp());
      ctx.output(SIDE, "side of " + value);
      if (value.length() > 1) {
        ctx.timerService().registerEventTimeTimer(100);
        ctx.timerService().registerProcessingTimeTimer(50);
      }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> out) {
      life.add("timer " + timestamp + " " + ctx.timeDomain());
      out.collect(ctx.getCurrentKey() + " " + ctx.timestamp() + " " + ctx.timeDomain());
      ctx.output(SIDE, "side of timer");
    }

    @Override
    public void onEndOfInput(Context<String> ctx, Collector<String> out) {
      life.add("end of " + ctx.getCurrentKey());
      out.collect("end " + ctx.timestamp() + " " + ctx.timerService().currentWatermark());
    }

    @Override
    public void close() {
      life.add("closed");
    }
  }

  private final List<String> life = new ArrayList<>();

  private KeyedTestHarness<String, String, String> witness(boolean restarting) {
    var harness =
        KeyedTestHarness.of(
            (String value) -> value.substring(0, 1), Types.STRING, ctx -> new Witness(life));
    harness.restartEveryElement(restarting);
    return harness;
  }

  @Test
  void oneFunctionIsMadePerKeyBeforeItsFirstElementAndClosedAtTheEnd() {
    try (var harness = witness(false)) {
      assertThat(life).isEmpty();
      harness.processElement("a");
      harness.processElement("b");
      harness.processElement("a");
      assertThat(life).containsExactly("made", "element a", "made", "element b", "element a");
      life.clear();
    }
    assertThat(life).containsExactly("closed", "closed");
  }

  @Test
  void aRestartClosesTheFunctionAndMakesANewOne() {
    var harness = witness(true);
    harness.processElement("a");
    harness.processElement("a");
    assertThat(life).containsExactly("made", "element a", "closed", "made", "element a", "closed");
  }

  @LiveAndRestarting
  void theContextTellsKeyAndTimestamp(boolean restarting) {
    var harness = witness(restarting);
    harness.processElement("a");
    harness.processElement("b", 7);
    assertThat(harness.takeOutput()).containsExactly("a null", "b 7");
  }

  @LiveAndRestarting
  void theContextOfATimerTellsItsTimeAndItsDomain(boolean restarting) {
    var harness = witness(restarting);
    harness.processElement("ab", 7);
    harness.takeOutput();
    harness.processWatermark(150);
    harness.setProcessingTime(60);
    assertThat(harness.takeOutput())
        .containsExactly("a 100 " + TimeDomain.EVENT_TIME, "a 50 " + TimeDomain.PROCESSING_TIME);
  }

  @LiveAndRestarting
  void outputsTakeTheTimestampOfTheElementOrEventTimerAndNoneOfAProcessingTimer(
      boolean restarting) {
    var harness = witness(restarting);
    harness.processElement("a");
    harness.processElement("ab", 7);
    harness.processWatermark(150);
    harness.setProcessingTime(60);
    harness.endInput();
    assertThat(harness.takeTimestampedOutput().stream().map(TimestampedValue::timestamp))
        .containsExactly(null, 7L, 100L, null);
  }

  @LiveAndRestarting
  void sideOutputsGoByTheirTags(boolean restarting) {
    var harness = witness(restarting);
    harness.processElement("a");
    harness.processElement("ab");
    harness.processWatermark(100);
    assertThat(harness.takeSideOutput(SIDE))
        .containsExactly("side of a", "side of ab", "side of timer");
    assertThat(harness.takeSideOutput(SIDE)).isEmpty();
    assertThat(harness.takeSideOutput(new OutputTag<>("other"))).isEmpty();
  }

  @LiveAndRestarting
  void anOutputWithoutATagIsRefused(boolean restarting) {
    StateProbe<RuntimeContext> probe = StateProbe.of(ctx -> ctx, restarting);
    probe
        .assertThatThrowsIn("a", (ctx, context, out) -> context.output(null, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step \"step\"");
  }

  @LiveAndRestarting
  void nullIsNotAnOutput(boolean restarting) {
    StateProbe<RuntimeContext> probe = StateProbe.of(ctx -> ctx, restarting);
    probe
        .assertThatThrowsIn("a", (ctx, context, out) -> out.collect(null))
        .isInstanceOf(NullPointerException.class);
    probe
        .assertThatThrowsIn("a", (ctx, context, out) -> context.output(SIDE, null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void theContextIsRefusedOutsideOfTheCall() {
    StateProbe<RuntimeContext> probe = StateProbe.of(ctx -> ctx, false);
    List<Runnable> kept = new ArrayList<>();
    probe
        .harness()
        .processElement(
            new StateProbe.Visit<>(
                "a",
                (ctx, context, out) -> {
                  kept.add(context::getCurrentKey);
                  kept.add(context::timestamp);
                  kept.add(() -> context.output(SIDE, "x"));
                  kept.add(() -> out.collect("x"));
                  kept.add(() -> context.timerService().currentWatermark());
                  kept.add(() -> context.timerService().registerEventTimeTimer(1));
                  kept.add(() -> context.timerService().deleteEventTimeTimer(1));
                  kept.add(() -> context.timerService().registerProcessingTimeTimer(1));
                  kept.add(() -> context.timerService().deleteProcessingTimeTimer(1));
                }));
    for (Runnable access : kept) {
      assertThatThrownBy(access::run).isInstanceOf(IllegalStateException.class);
    }
    assertThat(probe.harness().takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void theEndReachesEveryKeyThatHoldsSomethingAfterItsEventTimers(boolean restarting) {
    var harness = witness(restarting);
    harness.processElement("a"); // holds nothing
    harness.processElement("bb");
    harness.processElement("cc");
    life.clear();
    harness.takeOutput();
    harness.endInput();
    assertThat(life.stream().filter(event -> event.startsWith("timer")))
        .hasSize(2)
        .allMatch(event -> event.equals("timer 100 EVENT_TIME"));
    assertThat(life.stream().filter(event -> event.startsWith("end")))
        .containsExactlyInAnyOrder("end of b", "end of c");
    assertThat(harness.takeOutput())
        .contains("end null " + Long.MAX_VALUE)
        .doesNotContain("a null");
  }

  @LiveAndRestarting
  void theRuntimeContextSaysWhereItIs(boolean restarting) {
    StateProbe<RuntimeContext> probe = StateProbe.of(ctx -> ctx, restarting);
    probe.harness().setProcessingTime(1234);
    probe.tell(
        "a",
        ctx -> {
          assertThat(ctx.dataflowName()).isEqualTo("test");
          assertThat(ctx.stepId()).isEqualTo("step");
          assertThat(ctx.numberOfKeyGroups()).isEqualTo(128);
          assertThat(ctx.keyGroup()).isBetween(0, 127);
          assertThat(ctx.attempt()).isEqualTo(1);
          assertThat(ctx.clock().millis()).isEqualTo(1234);
        });
  }
}
