package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.JobFailedException;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.ExactlyOnceSink;
import dev.keyling.connector.IdempotentSink;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.state.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes, and what the outside sees of them. */
class DataflowCrashTest {
  private final Dataflow flow = Dataflow.named("flow").enableCheckpointing(Duration.ofSeconds(1));

  private static final ExactlyOnceSink<Object> EXACTLY_ONCE = partition -> refuse();
  private static final IdempotentSink<Object> IDEMPOTENT = partition -> refuse();
  private static final AtLeastOnceSink<Object> AT_LEAST_ONCE = partition -> refuse();

  private static <T> T refuse() {
    throw new AssertionError("sinks are not opened");
  }

  private DataflowTestHarness sums(TestingSource<Long> source) {
    var sums =
        flow.from("numbers", source)
            .keyBy(n -> n % 2 == 0 ? "even" : "odd")
            .reduce("sum", Types.LONG, Long::sum);
    sums.to("exactly-once", EXACTLY_ONCE);
    sums.to("idempotent", IDEMPOTENT);
    sums.to("at-least-once", AT_LEAST_ONCE);
    return DataflowTestHarness.of(flow);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 100})
  void aCrashLeavesEveryOutputExactlyOnce(int checkpointEvery) {
    DataflowTestHarness test =
        sums(TestingSource.of(1L, 2L, 3L).crash().then(4L, 5L).crash().crash().then(6L))
            .checkpointEvery(checkpointEvery);
    test.run();
    List<Long> once = List.of(1L, 2L, 4L, 6L, 9L, 12L);
    assertThat(test.output("exactly-once")).isEqualTo(once);
    assertThat(test.output("idempotent")).isEqualTo(once);
  }

  @Test
  void anAtLeastOnceSinkShowsAgainWhatCameAfterTheLastCheckpoint() {
    DataflowTestHarness test =
        sums(TestingSource.of(1L, 3L, 5L).crash().then(7L)).checkpointEvery(2);
    test.run();
    assertThat(test.output("at-least-once")).isEqualTo(List.of(1L, 4L, 9L, 9L, 16L));
  }

  @Test
  void anExactlyOnceSinkShowsNothingBeforeTheCheckpoint() {
    List<Integer> visible = new ArrayList<>();
    List<DataflowTestHarness> test = new ArrayList<>();
    flow.from("numbers", TestingSource.of(1, 2, 3, 4, 5))
        .inspect("look", n -> visible.add(test.get(0).output("out").size()))
        .to("out", EXACTLY_ONCE);
    test.add(DataflowTestHarness.of(flow).checkpointEvery(2));
    test.get(0).run();
    assertThat(visible).containsExactly(0, 0, 2, 2, 4);
    assertThat(test.get(0).output("out")).hasSize(5);
  }

  @Test
  void whatIsInPlainFieldsIsForgottenInACrash() {
    flow.from("numbers", TestingSource.of("a", "a").crash().then("a"))
        .keyBy(word -> word)
        .<Integer>process(
            "forgetful",
            ctx -> {
              AtomicInteger count = new AtomicInteger();
              return (word, context, out) -> out.collect(count.incrementAndGet());
            })
        .to("counts", EXACTLY_ONCE);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("counts")).isEqualTo(List.of(1, 2, 1));
  }

  @Test
  void aFunctionSeesTheNumberOfItsAttempt() {
    flow.from("numbers", TestingSource.of("a").crash().then("a"))
        .keyBy(word -> word)
        .<Integer>process("attempts", ctx -> (word, context, out) -> out.collect(ctx.attempt()))
        .to("attempts-seen", EXACTLY_ONCE);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("attempts-seen")).isEqualTo(List.of(1, 2));
  }

  private enum Colour {
    RED,
    GREEN
  }

  @Test
  void keysTakenByValueSurviveACrash() {
    flow.from("colours", TestingSource.of(Colour.RED, Colour.GREEN).crash().then(Colour.RED))
        .keyBy(colour -> colour)
        .map(colour -> 1L)
        .reduce("count", Types.LONG, Long::sum)
        .entries()
        .map(Object::toString)
        .to("counts", EXACTLY_ONCE);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("counts")).isEqualTo(List.of("RED=1", "GREEN=1", "RED=2"));
  }

  /** Remembers every word for ten milliseconds; the first firing of all throws. */
  private static final class Echo implements KeyedProcessFunction<String, String, String> {
    private final AtomicInteger firings;

    Echo(AtomicInteger firings) {
      this.firings = firings;
    }

    @Override
    public void processElement(String value, Context<String> ctx, Collector<String> out) {
      ctx.timerService()
          .registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 10);
    }

    @Override
    public void onTimer(long time, OnTimerContext<String> ctx, Collector<String> out) {
      if (firings.incrementAndGet() == 1) {
        throw new IllegalStateException("the first firing");
      }
      out.collect(time + "@" + ctx.timerService().currentProcessingTime());
    }
  }

  private DataflowTestHarness echoing(TestingSource<String> source) {
    AtomicInteger firings = new AtomicInteger();
    flow.from("words", source)
        .keyBy(word -> word)
        .process("echo", ctx -> new Echo(firings))
        .to("echoes", EXACTLY_ONCE);
    return DataflowTestHarness.of(flow);
  }

  @Test
  void aFiringThatThrowsIsRepeatedAndTimeGoesOn() {
    DataflowTestHarness test = echoing(TestingSource.of("a"));
    test.run();
    test.advanceProcessingTime(Duration.ofMillis(30));
    assertThat(test.output("echoes")).isEqualTo(List.of("10@10"));
  }

  @Test
  void timeThatTheSourceLetsPassPassesOnceAndWhollyWhateverThrows() {
    DataflowTestHarness test =
        echoing(TestingSource.of("a").advance(Duration.ofMillis(30)).then("b").crash().then("c"));
    test.run();
    assertThat(test.output("echoes")).isEqualTo(List.of("10@10"));
    test.advanceProcessingTime(Duration.ofMillis(10));
    assertThat(test.output("echoes")).isEqualTo(List.of("10@10", "40@40", "40@40"));
  }

  @Test
  void withoutCheckpointingTheFirstCrashFailsTheJobAndAnExactlyOnceSinkShowsNothing() {
    Dataflow plain = Dataflow.named("plain");
    plain.from("numbers", TestingSource.of(1).crash().then(2)).to("out", EXACTLY_ONCE);
    DataflowTestHarness test = DataflowTestHarness.of(plain);
    assertThatThrownBy(test::run)
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("dataflow \"plain\"")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(test.output("out")).isEmpty();
  }

  @Test
  void withoutCheckpointingARestartBeginsAtTheBeginning() {
    Dataflow plain =
        Dataflow.named("plain").setRestartStrategy(RestartStrategy.fixedDelay(1, Duration.ZERO));
    var numbers =
        plain
            .from("numbers", TestingSource.of(1L).crash().then(2L))
            .keyBy(n -> "all")
            .reduce("sum", Types.LONG, Long::sum);
    numbers.to("once", EXACTLY_ONCE);
    numbers.to("again", AT_LEAST_ONCE);
    DataflowTestHarness test = DataflowTestHarness.of(plain);
    test.run();
    assertThat(test.output("once")).isEqualTo(List.of(1L, 3L));
    assertThat(test.output("again")).isEqualTo(List.of(1L, 1L, 3L));
  }

  @Test
  void aJobFailsAfterItsLastAttempt() {
    flow.setRestartStrategy(RestartStrategy.fixedDelay(2, Duration.ofSeconds(1)));
    DataflowTestHarness test = sums(TestingSource.of(1L).crash().crash().crash().then(3L));
    assertThatThrownBy(test::run)
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("attempt 3");
    assertThat(test.output("exactly-once")).isEqualTo(List.of(1L));
    test.run(); // a new run goes on at the last checkpoint
    assertThat(test.output("exactly-once")).isEqualTo(List.of(1L, 4L));
  }

  @Test
  void tooManyFailuresWithinATimeFailTheJob() {
    flow.setRestartStrategy(RestartStrategy.failureRate(1, Duration.ofSeconds(10), Duration.ZERO));
    DataflowTestHarness test =
        sums(
            TestingSource.of(1L)
                .crash()
                .advance(Duration.ofSeconds(10))
                .crash()
                .advance(Duration.ofSeconds(9))
                .crash());
    assertThatThrownBy(test::run)
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("attempt 3");
  }

  @Test
  void aFailureThatNeverEndsFailsTheJobAndDoesNotHang() {
    flow.from("numbers", TestingSource.of(1L, -1L))
        .keyBy(n -> "all")
        .<Long>map(
            "positive",
            ctx ->
                n -> {
                  if (n < 0) {
                    throw new IllegalArgumentException("negative");
                  }
                  return n;
                })
        .to("out", EXACTLY_ONCE);
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    assertThatThrownBy(test::run)
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("at the same place")
        .hasCauseInstanceOf(StepFailure.class)
        .hasRootCauseMessage("negative");
    assertThat(test.output("out")).isEqualTo(List.of(1L));
  }
}
