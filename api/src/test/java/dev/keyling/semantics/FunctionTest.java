package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS F1, F2, F3. */
@SemanticsSuite
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

  private final List<String> life = Collections.synchronizedList(new ArrayList<>());

  private StepUnderTest<String, String, String> witness() {
    return StepUnderTest.of(
        (String value) -> value.substring(0, 1), Types.STRING, ctx -> new Witness(life));
  }

  private StepRun<String, String, String> witness(boolean restarting) {
    return witness().withSideOutputs(SIDE).restarting(restarting).run();
  }

  private long times(String event) {
    return life.stream().filter(event::equals).count();
  }

  @LiveAndRestarting
  @Proves("F1")
  void everyKeyHasAFunctionOfItsOwnThatIsMadeBeforeItsFirstElement(boolean restarting) {
    var step = witness(restarting);
    assertThat(life).isEmpty();
    step.processElement("ab");
    assertThat(life.subList(0, 2)).containsExactly("made", "element ab");
    life.clear();
    step.processElement("bb");
    assertThat(life.subList(0, 2)).containsExactly("made", "element bb");
  }

  @Test
  @Proves("F1")
  void aKeyThatHoldsSomethingKeepsItsFunctionUntilTheEndWhichClosesIt() {
    var step = witness(false);
    step.processElement("ab");
    step.processElement("bb");
    step.processElement("ab");
    assertThat(life).containsExactly("made", "element ab", "made", "element bb", "element ab");
    step.close();
    assertThat(times("closed")).isEqualTo(2);
  }

  @LiveAndRestarting
  @Proves("F1")
  void aRestartClosesTheFunctionAndMakesANewOne(boolean restarting) {
    var step = witness(restarting);
    step.processElement("ab");
    long made = times("made");
    step.restart();
    // one may have been made for no key, to learn what states there are, and let go
    assertThat(times("closed")).isBetween(made, made + 1);
    long before = times("made");
    step.processElement("ab");
    assertThat(times("made")).isGreaterThanOrEqualTo(before).isGreaterThan(made);
  }

  @LiveAndRestarting
  @Proves("F2")
  void theContextTellsKeyAndTimestamp(boolean restarting) {
    var step = witness(restarting);
    step.processElement("a");
    step.processElement("b", 7);
    assertThat(step.takeOutput()).containsExactly("a null", "b 7");
  }

  @LiveAndRestarting
  @Proves("F2")
  void theContextOfATimerTellsItsTimeAndItsDomain(boolean restarting) {
    var step = witness(restarting);
    step.processElement("ab", 7);
    step.takeOutput();
    step.processWatermark(150);
    step.setProcessingTime(60);
    assertThat(step.takeOutput())
        .containsExactly("a 100 " + TimeDomain.EVENT_TIME, "a 50 " + TimeDomain.PROCESSING_TIME);
  }

  @LiveAndRestarting
  @Proves("F3")
  void outputsTakeTheTimestampOfTheElementOrEventTimerAndNoneOfAProcessingTimer(
      boolean restarting) {
    var step = witness().withTimestamps().restarting(restarting).run();
    step.processElement("a");
    step.processElement("ab", 7);
    step.processWatermark(150);
    step.setProcessingTime(60);
    step.endInput();
    assertThat(step.takeTimestampedOutput().stream().map(TimestampedValue::timestamp))
        .containsExactly(null, 7L, 100L, null);
  }

  @LiveAndRestarting
  @Proves("F2")
  void sideOutputsGoByTheirTags(boolean restarting) {
    var step = witness(restarting);
    step.processElement("a");
    step.processElement("ab");
    step.processWatermark(100);
    assertThat(step.takeSideOutput(SIDE))
        .containsExactly("side of a", "side of ab", "side of timer");
    assertThat(step.takeSideOutput(SIDE)).isEmpty();
  }

  @LiveAndRestarting
  @Proves("F2")
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
  @Proves({"F1", "error 2"})
  void theContextIsRefusedOutsideOfTheCall() {
    StateProbe<RuntimeContext> probe = StateProbe.of(ctx -> ctx, false);
    List<Runnable> kept = new ArrayList<>();
    probe.act(
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
        });
    for (Runnable access : kept) {
      assertThatThrownBy(access::run).isInstanceOf(IllegalStateException.class);
    }
    assertThat(probe.step().takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  @Proves("decision 10")
  void theEndReachesEveryKeyThatHoldsSomethingAfterItsEventTimers(boolean restarting) {
    var step = witness(restarting);
    step.processElement("a"); // holds nothing
    step.processElement("bb");
    step.processElement("cc");
    life.clear();
    step.takeOutput();
    step.endInput();
    assertThat(life.stream().filter(event -> event.startsWith("timer")))
        .hasSize(2)
        .allMatch(event -> event.equals("timer 100 EVENT_TIME"));
    assertThat(life.stream().filter(event -> event.startsWith("end")))
        .containsExactlyInAnyOrder("end of b", "end of c");
    assertThat(step.takeOutput()).contains("end null " + Long.MAX_VALUE).doesNotContain("a null");
  }

  @LiveAndRestarting
  @Proves("K10")
  void theRuntimeContextSaysWhereItIs(boolean restarting) {
    StateProbe<RuntimeContext> probe = StateProbe.of(ctx -> ctx, restarting);
    probe.step().setProcessingTime(1234);
    probe.tell(
        "a",
        ctx -> {
          assertThat(ctx.dataflowName()).isEqualTo(probe.step().dataflow());
          assertThat(ctx.stepId()).isEqualTo("step");
          assertThat(ctx.numberOfKeyGroups()).isEqualTo(probe.step().keyGroups());
          assertThat(ctx.keyGroup()).isBetween(0, ctx.numberOfKeyGroups() - 1);
          assertThat(ctx.attempt()).isPositive();
          assertThat(ctx.clock().millis()).isEqualTo(1234);
        });
  }
}
