package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.KeyedStep;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointingMode;
import dev.keyling.connector.Sinks;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.time.WatermarkStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that do not wait for elements under way, and those that do not pause. */
class UnalignedTest {
  private static final int KEYS = 40;
  private static final RestartStrategy AT_ONCE =
      new RestartStrategy.FixedDelay(1000, Duration.ofMillis(1));

  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir.resolve("store"),
            "keyling.actors.flush-interval",
            "20ms",
            "keyling.sharding.max-round",
            "256",
            "keyling.sharding.max-run",
            "64");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  /** Counts per key, and does something else with each element first. */
  private static MapFunction<Integer, Integer> counter(RuntimeContext ctx, IntConsumer first) {
    var count = ctx.getReducingState(new ReducingStateDescriptor<>("count", Long::sum, Types.LONG));
    return key -> {
      first.accept(key);
      count.add(1L);
      return key;
    };
  }

  /** Two keyed steps, one behind the other, with event time; the second writes its counts. */
  private static Dataflow twoSteps(
      String name, CrashingSource<Integer> source, Path output, IntConsumer first) {
    Dataflow flow = Dataflow.named(name).setRestartStrategy(AT_ONCE);
    KeyedStep<Integer, Integer> one =
        flow.from("in", source)
            .returns(Types.INT)
            .assignTimestampsAndWatermarks(
                key -> 1_000_000L + key, WatermarkStrategy.forMonotonousTimestamps())
            .keyBy(key -> key % KEYS)
            .map("first", ctx -> counter(ctx, first));
    one.map(key -> key % KEYS)
        .returns(Types.INT)
        .keyBy(key -> key)
        .map("second", RunningCount::of)
        .to("out", Sinks.lines(output));
    return flow;
  }

  private static Dataflow overtaking(Dataflow flow, Duration interval, Duration timeout) {
    flow.enableCheckpointing(interval)
        .getCheckpointConfig()
        .enableUnalignedCheckpoints()
        .setAlignmentTimeout(timeout);
    return flow;
  }

  @Test
  void aCheckpointDoesNotWaitForAFunctionThatBlocks() throws IOException {
    Path output = dir.resolve("blocked.txt");
    CountDownLatch mayGoOn = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    IntConsumer blocking =
        key -> {
          if (key == 7) {
            blocked.countDown();
            try {
              mayGoOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    Duration never = Duration.ofHours(1);
    Job job =
        TestSystem.running(
            system.run(
                overtaking(
                    twoSteps(
                        "blocked", CrashingSource.of(5_000, i -> i).endless(), output, blocking),
                    never,
                    Duration.ZERO)));
    TestSystem.until("a function blocks", () -> blocked.getCount() == 0);
    try {
      Checkpoint taken = TestSystem.await(job.triggerCheckpoint());
      assertThat(taken.bytes()).as("elements that are under way are in it").isGreaterThan(100);
    } finally {
      var cancelled = job.cancel();
      mayGoOn.countDown();
      TestSystem.await(cancelled);
    }
    Dataflow again = twoSteps("blocked", CrashingSource.of(5_000, i -> i), output, key -> {});
    Job rest = system.run(overtaking(again, never, Duration.ZERO));
    TestSystem.await(rest.completion());
    assertThat(rest.progress().elements()).as("the others are not read again").isLessThan(5_000);
    RunningCount.assertLines(output, 5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void everyOutputIsThereOnceAfterCrashes(int alignmentMillis) throws IOException {
    Path output = dir.resolve("crashes-" + alignmentMillis + ".txt");
    CrashingSource<Integer> source =
        new CrashingSource<>(2, 12_000, i -> i).crashingAt(1_000, 3_500, 6_000, 9_000, 11_999);
    Job job =
        system.run(
            overtaking(
                twoSteps("crashes-" + alignmentMillis, source, output, UnalignedTest::linger),
                Duration.ofMillis(10),
                Duration.ofMillis(alignmentMillis)));
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt())
        .as("one after each crash, or after two at once, and none for another reason")
        .isBetween(4, 6);
    RunningCount.assertLines(output, 12_000);
  }

  private static void linger(int key) {
    LockSupport.parkNanos(50_000); // so that elements are under way when a marker comes
  }

  @Test
  void atLeastOnceLosesNothingAndGoesOnWhileACheckpointIsTaken() throws IOException {
    Path output = dir.resolve("least.txt");
    CrashingSource<Integer> source =
        new CrashingSource<>(2, 12_000, i -> i).crashingAt(1_000, 6_000, 11_999);
    Dataflow flow = twoSteps("least", source, output, UnalignedTest::linger);
    flow.enableCheckpointing(Duration.ofMillis(10), CheckpointingMode.AT_LEAST_ONCE)
        .getCheckpointConfig()
        .setMaxConcurrentCheckpoints(3);
    TestSystem.await(system.run(flow).completion());
    Map<String, Integer> highest = new HashMap<>();
    for (String line : Files.readAllLines(output)) {
      String[] parts = line.split(" ");
      highest.merge(parts[0], Integer.parseInt(parts[1]), Math::max);
    }
    assertThat(highest).hasSize(KEYS);
    assertThat(highest.values()).allMatch(count -> count >= 12_000 / KEYS);
  }

  @Test
  void aStepWhoseElementsCannotBeStoredIsRefusedOrAligns() throws IOException {
    Path output = dir.resolve("undeclared.txt");
    Dataflow flow = Dataflow.named("undeclared");
    flow.from("in", CrashingSource.of(2_000, i -> i))
        .keyBy(key -> key % KEYS)
        .map("first", ctx -> counter(ctx, key -> {}))
        .map(String::valueOf)
        .to("out", Sinks.lines(output));
    overtaking(flow, Duration.ofMillis(5), Duration.ZERO);
    assertThatThrownBy(() -> system.run(flow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before step \"first\" is not declared; call returns(type)")
        .hasMessageContaining("setForceUnalignedCheckpoints(true)");
    flow.getCheckpointConfig().setForceUnalignedCheckpoints(true);
    TestSystem.await(system.run(flow).completion());
    assertThat(Files.readAllLines(output)).hasSize(2_000).doesNotHaveDuplicates();
  }
}
