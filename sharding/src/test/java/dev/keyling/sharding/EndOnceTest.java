package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A step whose input ends long before the job does, with functions that keep their state and tell
 * it at the end: what they tell comes once, wherever the job fails.
 */
class EndOnceTest {
  private static final int KEYS = 20;
  private static final int ELEMENTS = 3 * KEYS;
  private static final int TICKS = 30;
  private static final ReducingStateDescriptor<Long> COUNT =
      new ReducingStateDescriptor<>("count", Long::sum, Types.LONG);

  @TempDir private Path dir;

  private final AtomicInteger elements = new AtomicInteger(ELEMENTS);
  private final AtomicInteger ticks = new AtomicInteger();

  /** How many keys of the first step were told of the end, over all attempts. */
  private final AtomicInteger told = new AtomicInteger();

  /** Counts, and says at the end how many; the state stays. */
  private static final class Totals<T> implements KeyedProcessFunction<T, T, String> {
    private final ReducingState<Long> count;
    private final AtomicInteger told;

    Totals(RuntimeContext ctx, AtomicInteger told) {
      this.count = ctx.getReducingState(COUNT);
      this.told = told;
    }

    @Override
    public void processElement(T element, Context<T> ctx, Collector<String> out) {
      count.add(1L);
    }

    @Override
    public void onEndOfInput(Context<T> ctx, Collector<String> out) {
      told.incrementAndGet();
      out.collect(ctx.getCurrentKey() + " " + count.get());
    }
  }

  private Path out() {
    return dir.resolve("out.txt");
  }

  /** Elements are counted; the lines of that and ticks, which go on for longer, again. */
  private Dataflow flow(int size, Integer... crashes) {
    Dataflow flow =
        Dataflow.named("ends")
            .enableCheckpointing(Duration.ofDays(1))
            .setRestartStrategy(RestartStrategy.fixedDelay(crashes.length, Duration.ZERO));
    DataStream<String> totals =
        flow.from("in", CrashingSource.of(size, i -> i % KEYS).when(i -> i < elements.get()))
            .keyBy(key -> key, Types.INT)
            .process("totals", ctx -> new Totals<>(ctx, told));
    flow.from(
            "ticks",
            CrashingSource.of(TICKS, i -> "tick").crashingAt(crashes).when(i -> i < ticks.get()))
        .union(totals)
        .keyBy(line -> line, Types.STRING)
        .process("again", ctx -> new Totals<>(ctx, new AtomicInteger()))
        .to("out", Sinks.lines(out()));
    return flow;
  }

  private Job running(TestSystem system, Dataflow flow) {
    return TestSystem.running(system.run(flow));
  }

  private static Stream<String> lines(int perKey) {
    return IntStream.range(0, KEYS).mapToObj(key -> "%d %d 1".formatted(key, perKey));
  }

  private static List<String> expected() {
    return Stream.concat(lines(ELEMENTS / KEYS), Stream.of("tick " + TICKS)).sorted().toList();
  }

  private void assertWrittenOnce() {
    assertThat(Tallies.written(out()).stream().sorted()).isEqualTo(expected());
  }

  private void untilToldOf(int keys) {
    TestSystem.until("the first step is told of its end", () -> told.get() == keys);
  }

  private void finish(Job job) {
    ticks.set(TICKS);
    TestSystem.await(job.completion());
  }

  @Test
  void anEndBeforeTheCheckpointIsNotToldAgain() {
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      Job job = running(system, flow(ELEMENTS, 5));
      untilToldOf(KEYS);
      TestSystem.await(job.triggerCheckpoint());
      finish(job);
    }
    assertThat(told).hasValue(KEYS);
    assertWrittenOnce();
  }

  @Test
  void anEndBehindTheCheckpointIsToldAgain() {
    elements.set(ELEMENTS - 1);
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      Job job = running(system, flow(ELEMENTS, 5));
      TestSystem.await(job.triggerCheckpoint());
      elements.set(ELEMENTS);
      untilToldOf(KEYS);
      finish(job);
    }
    assertThat(told).hasValue(2 * KEYS);
    assertWrittenOnce();
  }

  @Test
  void checkpointsOfLaterAttemptsKnowItToo() {
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      Job job = running(system, flow(ELEMENTS, 5, 10, 15));
      untilToldOf(KEYS);
      TestSystem.await(job.triggerCheckpoint());
      for (int crash : List.of(5, 10)) {
        ticks.set(crash);
        TestSystem.until("it has failed", () -> job.progress().attempt() > crash / 5);
        TestSystem.running(job);
        TestSystem.await(job.triggerCheckpoint());
      }
      finish(job);
      assertThat(job.progress().attempt()).isEqualTo(4);
    }
    assertThat(told).hasValue(KEYS);
    assertWrittenOnce();
  }

  @Test
  void aSavepointKnowsItToo() {
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      Job job = running(system, flow(ELEMENTS));
      untilToldOf(KEYS);
      TestSystem.await(job.stopWithSavepoint(dir.resolve("sp")));
      TestSystem.await(job.completion());
    }
    try (TestSystem system =
        TestSystem.start(dir.resolve("other"), "keyling.persistence.leveldb.key-groups", "5")) {
      ticks.set(TICKS);
      TestSystem.await(
          system
              .local()
              .keyling()
              .run(flow(ELEMENTS), Savepoint.at(dir.resolve("sp")))
              .completion());
    }
    assertThat(told).hasValue(KEYS);
    assertWrittenOnce();
  }

  @Test
  void aLaterRunTellsItAgainIfMoreHasCome() {
    ticks.set(TICKS);
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      system.finish(flow(ELEMENTS));
      system.finish(flow(ELEMENTS));
      assertThat(told).hasValue(KEYS);
      assertWrittenOnce();
      elements.set(ELEMENTS + KEYS);
      system.finish(flow(ELEMENTS + KEYS));
    }
    assertThat(told).hasValue(2 * KEYS);
    assertThat(Tallies.written(out())).containsAll(lines(ELEMENTS / KEYS + 1).toList());
  }
}
