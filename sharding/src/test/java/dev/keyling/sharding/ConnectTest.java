package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.KeyedStream;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedCoProcessFunction;
import dev.keyling.function.OnTimerContext;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.Proves;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.time.WatermarkStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two keyed streams in one step of a running job. */
@Proves("F8")
class ConnectTest {
  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir.resolve("store"),
            "keyling.actors.max-live-keys",
            "40",
            "keyling.actors.flush-interval",
            "10ms",
            "keyling.sharding.watermark-interval",
            "1ms");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  /** Counts the elements of both streams, says at the end how many there were of each. */
  private static final class Counts
      implements KeyedCoProcessFunction<Integer, Integer, Long, String> {
    private final ReducingState<Long> first;
    private final ReducingState<Long> second;

    Counts(RuntimeContext ctx) {
      first = ctx.getReducingState(new ReducingStateDescriptor<>("first", Long::sum, Types.LONG));
      second = ctx.getReducingState(new ReducingStateDescriptor<>("second", Long::sum, Types.LONG));
    }

    @Override
    public void processElement1(Integer value, Context<Integer> ctx, Collector<String> out) {
      first.add(1L);
    }

    @Override
    public void processElement2(Long value, Context<Integer> ctx, Collector<String> out) {
      second.add(1L);
    }

    @Override
    public void onEndOfInput(Context<Integer> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + " " + first.get() + " " + second.get());
    }
  }

  @Test
  void bothStreamsAreCountedOnceThroughCrashes() throws IOException {
    Path output = dir.resolve("counts.txt");
    Dataflow flow = Dataflow.named("counts");
    KeyedStream<Integer, Integer> numbers =
        flow.from("numbers", new CrashingSource<>(2, 20_000, i -> i).crashingAt(3_000, 12_001))
            .keyBy(i -> i % 100);
    KeyedStream<Integer, Long> longs =
        flow.from("longs", CrashingSource.of(10_000, i -> (long) i).crashingAt(5_000))
            .keyBy(i -> (int) (i % 100));
    numbers.connect(longs).process("count", Counts::new).to("out", Sinks.lines(output));
    flow.enableCheckpointing(Duration.ofMillis(20))
        .setRestartStrategy(RestartStrategy.fixedDelay(5, Duration.ofMillis(1)));
    Job job = system.run(flow);
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isGreaterThan(1);
    assertThat(Files.readAllLines(output))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 100).mapToObj(key -> key + " 200 100").toList());
  }

  /** Each element is a time, and sets a timer for it. */
  private record Timing(List<String> log)
      implements KeyedCoProcessFunction<String, Long, Long, String> {
    @Override
    public void processElement1(Long time, Context<String> ctx, Collector<String> out) {
      ctx.timerService().registerEventTimeTimer(time);
    }

    @Override
    public void processElement2(Long time, Context<String> ctx, Collector<String> out) {
      ctx.timerService().registerEventTimeTimer(time);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext<String> ctx, Collector<String> out) {
      log.add(ctx.getCurrentKey() + timestamp);
    }
  }

  private static KeyedStream<String, Long> timed(
      Dataflow flow, String id, CrashingSource<Long> source) {
    return flow.from(id, source)
        .assignTimestampsAndWatermarks(time -> time, WatermarkStrategy.forMonotonousTimestamps())
        .keyBy(time -> "k");
  }

  @Test
  void timersFireWhenBothStreamsHaveComeSoFar() {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean more = new AtomicBoolean();
    Dataflow flow = Dataflow.named("timing");
    KeyedStream<String, Long> fast =
        timed(flow, "fast", CrashingSource.of(3, i -> 100L * i + 1).endless());
    KeyedStream<String, Long> slow =
        timed(
            flow,
            "slow",
            CrashingSource.of(2, i -> 100L * i + 2).endless().when(i -> i == 0 || more.get()));
    fast.connect(slow)
        .process("times", ctx -> new Timing(log))
        .to("out", Sinks.collect(new ArrayList<>()));
    Job job = TestSystem.running(system.run(flow));
    TestSystem.until(
        "the first timer fired", () -> log.size() == 1 && job.progress().elements() == 4);
    assertThat(log).containsExactly("k1");
    more.set(true);
    TestSystem.until("two more fired", () -> log.size() == 3);
    assertThat(log).containsExactly("k1", "k2", "k101");
    TestSystem.await(job.cancel());
  }
}
