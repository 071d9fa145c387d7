package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a failure everything goes back to the last completed checkpoint, and forward again. */
class RollbackTest {
  private static final RestartStrategy AT_ONCE =
      new RestartStrategy.ExponentialDelay(
          Duration.ofMillis(1),
          Duration.ofMillis(50),
          1.5,
          0.1,
          Duration.ofHours(1),
          Integer.MAX_VALUE);

  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir.resolve("store"),
            "keyling.actors.max-live-keys",
            "400",
            "keyling.actors.flush-interval",
            "30ms");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static Dataflow counting(String name, CrashingSource<Integer> source, Path output) {
    Dataflow flow = Dataflow.named(name);
    flow.from("in", source)
        .keyBy(key -> key)
        .map("count", RunningCount::of)
        .to("out", Sinks.lines(output));
    flow.enableCheckpointing(Duration.ofMillis(20)).setRestartStrategy(AT_ONCE);
    return flow;
  }

  @Test
  void theFileHoldsEveryOutputOnceAfterACrashOfTheSource() throws IOException {
    Path output = dir.resolve("once.txt");
    CrashingSource<Integer> source =
        CrashingSource.of(30_000, i -> i % 100).crashingAt(0, 1, 5_000, 20_000, 29_999, 30_000);
    Job job = system.run(counting("once", source, output));
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isEqualTo(7);
    RunningCount.assertLines(output, 30_000);
  }

  @Test
  void stateGoesBackWithTheSource() {
    CrashingSource<Integer> source =
        CrashingSource.of(20_000, i -> i % 10).crashingAt(7_000, 15_000).endless();
    Job job = system.run(counting("state", source, dir.resolve("state.txt")));
    TestSystem.until(
        "all is counted",
        () ->
            source.furthest() == 19_999
                && job.status() == JobStatus.RUNNING
                && Long.valueOf(2_000)
                    .equals(TestSystem.await(job.view("count", 9)).states().get("count")));
    for (int key = 0; key < 10; key++) {
      assertThat(TestSystem.await(job.view("count", key)).states()).containsEntry("count", 2_000L);
    }
    TestSystem.await(job.cancel());
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void aCancelledJobGoesOnFromItsLastCheckpoint() throws IOException {
    Path output = dir.resolve("cancelled.txt");
    for (int stop : List.of(3_000, 6_000, 9_000)) {
      CrashingSource<Integer> source = CrashingSource.of(stop, i -> i % 50).endless();
      Job job = system.run(counting("cancelled", source, output));
      TestSystem.until("all is read", () -> source.furthest() == stop - 1);
      if (stop != 6_000) {
        TestSystem.until("it runs", () -> job.status() == JobStatus.RUNNING);
        TestSystem.await(job.triggerCheckpoint());
      }
      TestSystem.await(job.cancel());
    }
    system.finish(counting("cancelled", CrashingSource.of(10_000, i -> i % 50), output));
    RunningCount.assertLines(output, 10_000);
  }

  @Test
  void everyCountIsRightAfterManyRestartsWithFewKeysAwake() throws IOException {
    int elements = 200_000;
    int keys = 5_000;
    int[] keyOf = new Random(7).ints(elements, 0, keys).toArray();
    Path output = dir.resolve("soak.txt");
    CrashingSource<Integer> source =
        new CrashingSource<>(2, elements, i -> keyOf[i]).crashingAt(40_000, 100_000, 170_002);
    Job job = system.run(counting("soak", source, output));
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isEqualTo(4);
    RunningCount.assertLines(output, elements);
  }
}
