package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** SEMANTICS F4, F5, decision 9, trap 8. */
@SemanticsSuite
class TimersTest {

  /** An element that does something to timers. */
  private record Order(String key, Orders now) {}

  private interface Orders {
    void give(long time, TimerService timers);
  }

  /** What a timer that fires does. */
  private volatile Orders onTimer = (time, timers) -> {};

  /** Follows orders; emits key, time, and the clocks when a timer fires. */
  private final class Obedient implements KeyedProcessFunction<String, Order, String> {
    @Override
    public void processElement(Order order, Context<String> ctx, Collector<String> out) {
      order.now().give(0, ctx.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      TimerService timers = ctx.timerService();
      out.collect(
          ctx.timeDomain() == TimeDomain.EVENT_TIME
              ? ctx.getCurrentKey() + time + "@" + timers.currentWatermark()
              : ctx.getCurrentKey() + time + "@" + timers.currentProcessingTime());
      onTimer.give(time, timers);
    }
  }

  private StepRun<String, Order, String> obedient(boolean restarting) {
    return StepUnderTest.of(Order::key, Types.STRING, ctx -> new Obedient())
        .restarting(restarting)
        .run();
  }

  /** Takes the outputs, those of one key behind those of another, as they came for each. */
  private static List<String> outputsByKey(StepRun<?, ?, String> step) {
    return step.takeOutput().stream().sorted(Comparator.comparing(out -> out.charAt(0))).toList();
  }

  private static Order eventTimers(String key, long... times) {
    return new Order(
        key,
        (now, timers) -> {
          for (long time : times) {
            timers.registerEventTimeTimer(time);
          }
        });
  }

  private static Order processingTimers(String key, long... times) {
    return new Order(
        key,
        (now, timers) -> {
          for (long time : times) {
            timers.registerProcessingTimeTimer(time);
          }
        });
  }

  @LiveAndRestarting
  @Proves("F4")
  void theWatermarkIsLeastBeforeTheFirstAndThenWhereItWasMoved(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(
        new Order("a", (now, t) -> assertThat(t.currentWatermark()).isEqualTo(Long.MIN_VALUE)));
    step.processWatermark(5);
    step.processElement(new Order("a", (now, t) -> assertThat(t.currentWatermark()).isEqualTo(5)));
  }

  @LiveAndRestarting
  @Proves("F4")
  void theProcessingTimeIsTheClocks(boolean restarting) {
    var step = obedient(restarting);
    step.setProcessingTime(5);
    step.advanceProcessingTime(Duration.ofMillis(2));
    step.processElement(
        new Order("a", (now, t) -> assertThat(t.currentProcessingTime()).isEqualTo(7)));
  }

  @LiveAndRestarting
  @Proves({"F5", "decision 9"})
  void eventTimersFireOnceWhenTheWatermarkGetsThere(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(eventTimers("a", 10));
    step.processWatermark(9);
    assertThat(step.takeOutput()).isEmpty();
    step.processWatermark(10);
    assertThat(step.takeOutput()).containsExactly("a10@10");
    step.processWatermark(11);
    assertThat(step.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  @Proves("F5")
  void eventTimersOfAKeyFireByTime(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(eventTimers("b", 30, 10));
    step.processElement(eventTimers("a", 20, 30, 40));
    step.processWatermark(30);
    assertThat(outputsByKey(step)).containsExactly("a20@30", "a30@30", "b10@30", "b30@30");
    assertThat(step.numEventTimeTimers()).isEqualTo(1);
  }

  @LiveAndRestarting
  void eventTimersThatAFiringOneSetsFireTooIfTheyAreBehindTheWatermark(boolean restarting) {
    var step = obedient(restarting);
    onTimer = (time, timers) -> timers.registerEventTimeTimer(time + 10);
    step.processElement(eventTimers("a", 10));
    step.processWatermark(35);
    assertThat(step.takeOutput()).containsExactly("a10@35", "a20@35", "a30@35");
    step.processWatermark(40);
    assertThat(step.takeOutput()).containsExactly("a40@40");
  }

  @LiveAndRestarting
  @Proves("trap 8")
  void anEventTimerBehindTheWatermarkFiresWithTheNextAdvance(boolean restarting) {
    var step = obedient(restarting);
    step.processWatermark(50);
    step.processElement(eventTimers("a", 10));
    step.processWatermark(50);
    assertThat(step.takeOutput()).isEmpty();
    step.processWatermark(51);
    assertThat(step.takeOutput()).containsExactly("a10@51");
  }

  @LiveAndRestarting
  @Proves({"F4", "decision 9"})
  void aTimerIsThereOncePerKeyTimeAndDomain(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(eventTimers("a", 10, 10));
    step.processElement(eventTimers("a", 10));
    step.processElement(eventTimers("b", 10));
    step.processElement(processingTimers("a", 10));
    assertThat(step.numEventTimeTimers()).isEqualTo(2);
    assertThat(step.numProcessingTimeTimers()).isEqualTo(1);
    step.processWatermark(10);
    assertThat(outputsByKey(step)).containsExactly("a10@10", "b10@10");
    step.setProcessingTime(10);
    assertThat(step.takeOutput()).containsExactly("a10@10");
  }

  @LiveAndRestarting
  @Proves("F4")
  void aTimerThatIsDeletedDoesNotFire(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(eventTimers("a", 10, 20));
    step.processElement(processingTimers("a", 10, 20));
    step.processElement(
        new Order(
            "a",
            (now, timers) -> {
              timers.deleteEventTimeTimer(10);
              timers.deleteProcessingTimeTimer(20);
              timers.deleteEventTimeTimer(99);
              timers.deleteProcessingTimeTimer(99);
            }));
    step.processWatermark(100);
    assertThat(step.takeOutput()).containsExactly("a20@100");
    step.setProcessingTime(100);
    assertThat(step.takeOutput()).containsExactly("a10@10");
  }

  @LiveAndRestarting
  void aFiringTimerCanDeleteALaterOne(boolean restarting) {
    var step = obedient(restarting);
    onTimer = (time, timers) -> timers.deleteProcessingTimeTimer(20);
    step.processElement(processingTimers("a", 10, 20));
    step.setProcessingTime(30);
    assertThat(step.takeOutput()).containsExactly("a10@10");
    assertThat(step.numProcessingTimeTimers()).isZero();
  }

  @LiveAndRestarting
  @Proves({"F5", "decision 9"})
  void processingTimersFireAtTheirTimeAndNeverEarlier(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(processingTimers("b", 30, 10));
    step.processElement(processingTimers("a", 20, 30, 40));
    step.setProcessingTime(9);
    assertThat(step.takeOutput()).isEmpty();
    step.advanceProcessingTime(Duration.ofMillis(21));
    assertThat(outputsByKey(step)).containsExactly("a20@20", "a30@30", "b10@10", "b30@30");
    assertThat(step.numProcessingTimeTimers()).isEqualTo(1);
  }

  @LiveAndRestarting
  void aPeriodicTimerFiresAtEachOfItsTimes(boolean restarting) {
    var step = obedient(restarting);
    onTimer =
        (time, timers) -> timers.registerProcessingTimeTimer(timers.currentProcessingTime() + 10);
    step.processElement(processingTimers("a", 10));
    step.setProcessingTime(35);
    assertThat(step.takeOutput()).containsExactly("a10@10", "a20@20", "a30@30");
  }

  @LiveAndRestarting
  @Proves("F5")
  void aProcessingTimerForThePastFiresAtOnce(boolean restarting) {
    var step = obedient(restarting);
    step.setProcessingTime(100);
    step.processElement(processingTimers("a", 10, 100, 101));
    assertThat(step.takeOutput()).containsExactly("a10@100", "a100@100");
    assertThat(step.numProcessingTimeTimers()).isEqualTo(1);
  }

  @LiveAndRestarting
  void aProcessingTimerThatAFiringOneSetsForThePastFiresToo(boolean restarting) {
    var step = obedient(restarting);
    onTimer =
        (time, timers) -> {
          if (time > 8) {
            timers.registerProcessingTimeTimer(time - 1);
          }
        };
    step.processElement(processingTimers("a", 10));
    step.processElement(processingTimers("b", 10));
    step.setProcessingTime(10);
    assertThat(outputsByKey(step))
        .containsExactly("a10@10", "a9@10", "a8@10", "b10@10", "b9@10", "b8@10");
  }

  @LiveAndRestarting
  @Proves({"F5", "decision 9"})
  void timersSurviveARestartAndOverdueOnesFireAfterIt(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(processingTimers("a", 10, 200));
    step.processElement(eventTimers("b", 10));
    step.restart(Duration.ofMillis(100));
    assertThat(step.takeOutput()).containsExactly("a10@100");
    step.processWatermark(10);
    assertThat(step.takeOutput()).containsExactly("b10@10");
    step.setProcessingTime(200);
    assertThat(step.takeOutput()).containsExactly("a200@200");
  }

  @LiveAndRestarting
  void aTimerWhoseFiringThrowsIsStillSet(boolean restarting) {
    var step = obedient(restarting);
    onTimer =
        (time, timers) -> {
          throw new IllegalStateException("not yet");
        };
    step.processElement(eventTimers("a", 10));
    assertThatThrownBy(() -> step.processWatermark(20))
        .isInstanceOf(StepFailure.class)
        .hasRootCauseMessage("not yet");
    assertThat(step.takeOutput()).isEmpty();
    onTimer = (time, timers) -> {};
    step.processWatermark(21);
    assertThat(step.takeOutput()).containsExactly("a10@21");
  }

  @LiveAndRestarting
  void timersOfTheExtremesAreTimersToo(boolean restarting) {
    var step = obedient(restarting);
    step.processElement(eventTimers("a", Long.MIN_VALUE, -1, Long.MAX_VALUE - 1));
    step.processWatermark(0);
    assertThat(step.takeOutput()).isEqualTo(List.of("a" + Long.MIN_VALUE + "@0", "a-1@0"));
    step.endInput();
    assertThat(step.takeOutput())
        .containsExactly("a" + (Long.MAX_VALUE - 1) + "@" + Long.MAX_VALUE);
  }
}
