package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.state.Types;
import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;

/** What a {@link KeyedTestHarness} promises of timers beyond what every world does. */
class TimersOfHarnessTest {

  /** An element that sets timers. */
  private record Order(String key, TimeDomain domain, List<Long> times) {}

  /** What a timer that fires does. */
  private ObjLongConsumer<TimerService> onTimer = (timers, time) -> {};

  /** Sets timers; emits key and time when one fires. */
  private final class Obedient implements KeyedProcessFunction<String, Order, String> {
    @Override
    public void processElement(Order order, Context<String> ctx, Collector<String> out) {
      TimerService timers = ctx.timerService();
      order
          .times()
          .forEach(
              order.domain() == TimeDomain.EVENT_TIME
                  ? timers::registerEventTimeTimer
                  : timers::registerProcessingTimeTimer);
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + time);
      onTimer.accept(ctx.timerService(), time);
    }
  }

  private KeyedTestHarness<String, Order, String> harness() {
    return KeyedTestHarness.of(Order::key, Types.STRING, ctx -> new Obedient());
  }

  private static Order timers(String key, TimeDomain domain, Long... times) {
    return new Order(key, domain, List.of(times));
  }

  @Test
  void timersOfAllKeysFireByTimeThenByKey() {
    for (TimeDomain domain : TimeDomain.values()) {
      var harness = harness();
      harness.processElement(timers("b", domain, 30L, 10L));
      harness.processElement(timers("a", domain, 20L, 30L, 40L));
      harness.processWatermark(30);
      harness.setProcessingTime(30);
      assertThat(harness.takeOutput()).containsExactly("b10", "a20", "a30", "b30");
    }
  }

  @Test
  void aTimerThatAFiringOneSetsForThePastComesAfterTheOthersThatWereDue() {
    var harness = harness();
    onTimer =
        (timers, time) -> {
          if (time > 9) {
            timers.registerProcessingTimeTimer(time - 1);
          }
        };
    harness.processElement(timers("a", TimeDomain.PROCESSING_TIME, 10L));
    harness.processElement(timers("b", TimeDomain.PROCESSING_TIME, 10L));
    harness.setProcessingTime(10);
    assertThat(harness.takeOutput()).containsExactly("a10", "b10", "a9", "b9");
  }

  @Test
  void timersThatAreNeverOverAreAnErrorAndNotAnEndlessLoop() {
    var harness = harness();
    onTimer = TimerService::registerProcessingTimeTimer;
    harness.processElement(timers("a", TimeDomain.PROCESSING_TIME, 10L));
    assertThatThrownBy(() -> harness.setProcessingTime(10))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("never ends");
    var events = harness();
    onTimer = (timers, time) -> timers.registerEventTimeTimer(time + 10);
    events.processElement(timers("a", TimeDomain.EVENT_TIME, 10L));
    assertThatThrownBy(events::endInput)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("step \"step\"")
        .hasMessageContaining("never ends");
  }

  @Test
  void timersArePartOfASnapshotAndOverdueOnesFireWhenItIsRestored() {
    var harness = harness();
    harness.processElement(timers("a", TimeDomain.PROCESSING_TIME, 10L, 200L));
    harness.processElement(timers("b", TimeDomain.EVENT_TIME, 10L));
    byte[] snapshot = harness.snapshot();
    harness.setProcessingTime(100);
    assertThat(harness.takeOutput()).containsExactly("a10");

    var restored = harness.restore(snapshot);
    assertThat(restored.takeOutput()).containsExactly("a10");
    restored.processWatermark(10);
    restored.setProcessingTime(200);
    assertThat(restored.takeOutput()).containsExactly("b10", "a200");
  }
}
