package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS F4, F5, decision 9, trap 8. */
class TimersTest {

  /** An element that does something to timers. */
  private record Order(String key, Orders now) {}

  private interface Orders {
    void give(long time, TimerService timers);
  }

  /** What a timer that fires does. */
  private Orders onTimer = (time, timers) -> {};

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

  private KeyedTestHarness<String, Order, String> harness(boolean restarting) {
    var harness = KeyedTestHarness.of(Order::key, Types.STRING, ctx -> new Obedient());
    harness.restartEveryElement(restarting);
    return harness;
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
  void theWatermarkIsLeastBeforeTheFirstAndThenWhereItWasMoved(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(
        new Order("a", (now, t) -> assertThat(t.currentWatermark()).isEqualTo(Long.MIN_VALUE)));
    harness.processWatermark(5);
    harness.processElement(
        new Order("a", (now, t) -> assertThat(t.currentWatermark()).isEqualTo(5)));
  }

  @LiveAndRestarting
  void theProcessingTimeIsTheClocks(boolean restarting) {
    var harness = harness(restarting);
    harness.setProcessingTime(5);
    harness.advanceProcessingTime(Duration.ofMillis(2));
    harness.processElement(
        new Order("a", (now, t) -> assertThat(t.currentProcessingTime()).isEqualTo(7)));
  }

  @LiveAndRestarting
  void eventTimersFireOnceWhenTheWatermarkGetsThere(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(eventTimers("a", 10));
    harness.processWatermark(9);
    assertThat(harness.takeOutput()).isEmpty();
    harness.processWatermark(10);
    assertThat(harness.takeOutput()).containsExactly("a10@10");
    harness.processWatermark(11);
    assertThat(harness.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void eventTimersOfAllKeysFireByTimeThenByKey(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(eventTimers("b", 30, 10));
    harness.processElement(eventTimers("a", 20, 30, 40));
    harness.processWatermark(30);
    assertThat(harness.takeOutput()).containsExactly("b10@30", "a20@30", "a30@30", "b30@30");
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
  }

  @LiveAndRestarting
  void eventTimersThatAFiringOneSetsFireTooIfTheyAreBehindTheWatermark(boolean restarting) {
    var harness = harness(restarting);
    onTimer = (time, timers) -> timers.registerEventTimeTimer(time + 10);
    harness.processElement(eventTimers("a", 10));
    harness.processWatermark(35);
    assertThat(harness.takeOutput()).containsExactly("a10@35", "a20@35", "a30@35");
    harness.processWatermark(40);
    assertThat(harness.takeOutput()).containsExactly("a40@40");
  }

  @LiveAndRestarting
  void anEventTimerBehindTheWatermarkFiresWithTheNextAdvance(boolean restarting) {
    var harness = harness(restarting);
    harness.processWatermark(50);
    harness.processElement(eventTimers("a", 10));
    harness.processWatermark(50);
    assertThat(harness.takeOutput()).isEmpty();
    harness.processWatermark(51);
    assertThat(harness.takeOutput()).containsExactly("a10@51");
  }

  @LiveAndRestarting
  void aTimerIsThereOncePerKeyTimeAndDomain(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(eventTimers("a", 10, 10));
    harness.processElement(eventTimers("a", 10));
    harness.processElement(eventTimers("b", 10));
    harness.processElement(processingTimers("a", 10));
    assertThat(harness.numEventTimeTimers()).isEqualTo(2);
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
    harness.processWatermark(10);
    assertThat(harness.takeOutput()).containsExactly("a10@10", "b10@10");
    harness.setProcessingTime(10);
    assertThat(harness.takeOutput()).containsExactly("a10@10");
  }

  @LiveAndRestarting
  void aTimerThatIsDeletedDoesNotFire(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(eventTimers("a", 10, 20));
    harness.processElement(processingTimers("a", 10, 20));
    harness.processElement(
        new Order(
            "a",
            (now, timers) -> {
              timers.deleteEventTimeTimer(10);
              timers.deleteProcessingTimeTimer(20);
              timers.deleteEventTimeTimer(99);
              timers.deleteProcessingTimeTimer(99);
            }));
    harness.processWatermark(100);
    assertThat(harness.takeOutput()).containsExactly("a20@100");
    harness.setProcessingTime(100);
    assertThat(harness.takeOutput()).containsExactly("a10@10");
  }

  @LiveAndRestarting
  void aFiringTimerCanDeleteALaterOne(boolean restarting) {
    var harness = harness(restarting);
    onTimer = (time, timers) -> timers.deleteProcessingTimeTimer(20);
    harness.processElement(processingTimers("a", 10, 20));
    harness.setProcessingTime(30);
    assertThat(harness.takeOutput()).containsExactly("a10@10");
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @LiveAndRestarting
  void processingTimersFireAtTheirTimeByTimeThenByKeyAndNeverEarlier(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(processingTimers("b", 30, 10));
    harness.processElement(processingTimers("a", 20, 30, 40));
    harness.setProcessingTime(9);
    assertThat(harness.takeOutput()).isEmpty();
    harness.advanceProcessingTime(Duration.ofMillis(21));
    assertThat(harness.takeOutput()).containsExactly("b10@10", "a20@20", "a30@30", "b30@30");
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
  }

  @LiveAndRestarting
  void aPeriodicTimerFiresAtEachOfItsTimes(boolean restarting) {
    var harness = harness(restarting);
    onTimer =
        (time, timers) -> timers.registerProcessingTimeTimer(timers.currentProcessingTime() + 10);
    harness.processElement(processingTimers("a", 10));
    harness.setProcessingTime(35);
    assertThat(harness.takeOutput()).containsExactly("a10@10", "a20@20", "a30@30");
  }

  @LiveAndRestarting
  void aProcessingTimerForThePastFiresAtOnce(boolean restarting) {
    var harness = harness(restarting);
    harness.setProcessingTime(100);
    harness.processElement(processingTimers("a", 10, 100, 101));
    assertThat(harness.takeOutput()).containsExactly("a10@100", "a100@100");
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
  }

  @LiveAndRestarting
  void aProcessingTimerThatAFiringOneSetsForThePastComesAfterTheOthersThatWereDue(
      boolean restarting) {
    var harness = harness(restarting);
    onTimer =
        (time, timers) -> {
          if (time > 8) {
            timers.registerProcessingTimeTimer(time - 1);
          }
        };
    harness.processElement(processingTimers("a", 10));
    harness.processElement(processingTimers("b", 10));
    harness.setProcessingTime(10);
    assertThat(harness.takeOutput())
        .containsExactly("a10@10", "b10@10", "a9@10", "b9@10", "a8@10", "b8@10");
  }

  @Test
  void timersThatAreNeverOverAreAnErrorAndNotAnEndlessLoop() {
    var harness = harness(false);
    onTimer = (time, timers) -> timers.registerProcessingTimeTimer(time);
    harness.processElement(processingTimers("a", 10));
    assertThatThrownBy(() -> harness.setProcessingTime(10))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("never ends");
    var events = harness(false);
    onTimer = (time, timers) -> timers.registerEventTimeTimer(time + 10);
    events.processElement(eventTimers("a", 10));
    assertThatThrownBy(events::endInput)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("step \"step\"")
        .hasMessageContaining("never ends");
  }

  @LiveAndRestarting
  void timersArePartOfASnapshotAndOverdueOnesFireWhenItIsRestored(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(processingTimers("a", 10, 200));
    harness.processElement(eventTimers("b", 10));
    byte[] snapshot = harness.snapshot();
    harness.setProcessingTime(100);
    assertThat(harness.takeOutput()).containsExactly("a10@10");

    var restored = harness.restore(snapshot);
    assertThat(restored.takeOutput()).containsExactly("a10@100");
    restored.processWatermark(10);
    assertThat(restored.takeOutput()).containsExactly("b10@10");
    restored.setProcessingTime(200);
    assertThat(restored.takeOutput()).containsExactly("a200@200");
  }

  @LiveAndRestarting
  void aTimerWhoseFiringThrowsIsStillSet(boolean restarting) {
    var harness = harness(restarting);
    onTimer =
        (time, timers) -> {
          throw new IllegalStateException("not yet");
        };
    harness.processElement(eventTimers("a", 10));
    assertThatThrownBy(() -> harness.processWatermark(20))
        .isInstanceOf(StepFailure.class)
        .hasRootCauseMessage("not yet");
    assertThat(harness.takeOutput()).isEmpty();
    onTimer = (time, timers) -> {};
    harness.processWatermark(21);
    assertThat(harness.takeOutput()).containsExactly("a10@21");
  }

  @LiveAndRestarting
  void timersOfTheExtremesAreTimersToo(boolean restarting) {
    var harness = harness(restarting);
    harness.processElement(eventTimers("a", Long.MIN_VALUE, -1, Long.MAX_VALUE));
    harness.processWatermark(0);
    assertThat(harness.takeOutput()).isEqualTo(List.of("a" + Long.MIN_VALUE + "@0", "a-1@0"));
    harness.endInput();
    assertThat(harness.takeOutput()).containsExactly("a" + Long.MAX_VALUE + "@" + Long.MAX_VALUE);
  }
}
