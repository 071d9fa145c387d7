package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processing time in whole dataflows. */
class DataflowClockTest {
  private static final Duration TEN = Duration.ofMillis(10);

  private final Dataflow flow = Dataflow.named("flow");

  /** Emits what it is told a while later. */
  private static final class Echo implements KeyedProcessFunction<String, String, String> {
    private final Duration after;

    Echo(Duration after) {
      this.after = after;
    }

    @Override
    public void processElement(String value, Context<String> ctx, Collector<String> out) {
      ctx.timerService()
          .registerProcessingTimeTimer(
              ctx.timerService().currentProcessingTime() + after.toMillis());
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + "@" + ctx.timerService().currentProcessingTime());
    }
  }

  private DataflowTestHarness echoing(TestingSource<String> source) {
    flow.from("words", source)
        .keyBy(word -> word)
        .process("echo", ctx -> new Echo(TEN))
        .keyBy(word -> word)
        .process("echo-of-echo", ctx -> new Echo(TEN))
        .print("echoes");
    return DataflowTestHarness.of(flow);
  }

  @Test
  void processingTimersFireAfterTheRunWhenTheClockIsMoved() {
    DataflowTestHarness test = echoing(TestingSource.of("a"));
    test.run();
    test.advanceProcessingTime(Duration.ofMillis(19));
    assertThat(test.output("echoes")).isEqualTo(List.of());
    test.advanceProcessingTime(Duration.ofMillis(1));
    assertThat(test.output("echoes")).isEqualTo(List.of("a@10@20"));
  }

  @Test
  void theSourceCanMoveTheClock() {
    DataflowTestHarness test =
        echoing(TestingSource.of("a").advance(Duration.ofMillis(25)).then("b").advance(TEN));
    test.run();
    assertThat(test.output("echoes")).isEqualTo(List.of("a@10@20"));
    test.advanceProcessingTime(TEN);
    assertThat(test.output("echoes")).isEqualTo(List.of("a@10@20", "b@35@45"));
  }
}
