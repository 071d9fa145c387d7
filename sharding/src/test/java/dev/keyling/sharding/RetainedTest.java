package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobFailedException;
import dev.keyling.KeyView;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.ExternalizedCheckpointCleanup;
import dev.keyling.connector.Sinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that are retained: looked at, and restored. */
class RetainedTest {
  private static final int KEYS = 20;

  @TempDir private Path dir;

  private TestSystem start(String flushInterval) {
    return TestSystem.start(
        dir.resolve("store"),
        "keyling.actors.flush-interval",
        flushInterval,
        "keyling.actors.max-live-keys",
        "8");
  }

  private Dataflow counting(int elements, int retained) {
    Dataflow flow = Dataflow.named("counting").setRestartStrategy(RestartStrategy.none());
    flow.from("in", CrashingSource.of(elements, i -> i % KEYS).endless())
        .keyBy(key -> key)
        .map("count", RunningCount::of)
        .to("out", Sinks.lines(dir.resolve("out.txt")).truncateOnRestore());
    flow.enableCheckpointing(Duration.ofDays(20))
        .getCheckpointConfig()
        .setNumRetained(retained)
        .setExternalizedCheckpointCleanup(ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION);
    return flow;
  }

  private static Dataflow withoutCheckpoints() {
    Dataflow flow = Dataflow.named("counting");
    flow.fromCollection("in", List.of(1)).print("out");
    return flow;
  }

  /** Reads so many elements, takes a checkpoint, and stops. */
  private Checkpoint runTo(TestSystem system, int elements, int retained) {
    return finish(TestSystem.running(system.run(counting(elements, retained))), elements);
  }

  private static Checkpoint finish(Job job, int elements) {
    TestSystem.until(
        "all is read and counted",
        () ->
            Long.valueOf(elements / KEYS).equals(counted(TestSystem.await(job.view("count", 7)))));
    Checkpoint checkpoint = TestSystem.await(job.triggerCheckpoint());
    TestSystem.await(job.cancel());
    return checkpoint;
  }

  private static Object counted(KeyView view) {
    return view.states().get("count");
  }

  private static void assertCounts(Job job, long checkpoint, long count) {
    for (int key = 0; key < KEYS; key++) {
      assertThat(counted(TestSystem.await(job.view("count", key, checkpoint)))).isEqualTo(count);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "1h"})
  void aKeyIsSeenAsItWasAtEachOfThem(String flushInterval) {
    try (TestSystem system = start(flushInterval)) {
      List<Checkpoint> taken = new ArrayList<>();
      for (int round = 1; round <= 4; round++) {
        taken.add(runTo(system, round * 10 * KEYS, 3));
      }
      Job job = TestSystem.running(system.run(counting(40 * KEYS, 3)));
      assertThat(TestSystem.await(job.retainedCheckpoints()))
          .extracting(Checkpoint::id)
          .containsExactlyElementsOf(taken.subList(1, 4).stream().map(Checkpoint::id).toList());
      for (int round = 2; round <= 4; round++) {
        assertCounts(job, taken.get(round - 1).id(), round * 10L);
      }
      assertThat(TestSystem.await(job.view("count", 4711, taken.get(2).id())).states()).isEmpty();
      assertThatThrownBy(() -> TestSystem.await(job.view("count", 1, taken.get(0).id())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "checkpoint %d of dataflow \"counting\" is not retained, these are: %d, %d, %d; setNumRetained says how many are kept",
              taken.get(0).id(), taken.get(1).id(), taken.get(2).id(), taken.get(3).id());
      TestSystem.await(job.cancel());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "1h"})
  void anOlderOneIsRestoredAndWhatCameAfterItNeverWas(String flushInterval) throws IOException {
    List<Checkpoint> taken = new ArrayList<>();
    try (TestSystem system = start(flushInterval)) {
      for (int round = 1; round <= 4; round++) {
        taken.add(runTo(system, round * 10 * KEYS, 4));
      }
    }
    try (TestSystem system = start(flushInterval)) {
      assertThat(TestSystem.await(system.local().keyling().checkpoints("counting")))
          .isEqualTo(taken);
      assertThat(TestSystem.await(system.local().keyling().checkpoints("nothing"))).isEmpty();
      Job job =
          TestSystem.running(system.local().keyling().run(counting(30 * KEYS, 4), taken.get(1)));
      finish(job, 30 * KEYS);
      assertThat(TestSystem.await(system.local().keyling().checkpoints("counting")))
          .startsWith(taken.get(0), taken.get(1))
          .hasSize(3)
          .doesNotContain(taken.get(2), taken.get(3));
      Job later = TestSystem.running(system.run(counting(50 * KEYS, 4)));
      finish(later, 50 * KEYS);
    }
    assertThat(Files.readAllLines(dir.resolve("out.txt")))
        .hasSize(50 * KEYS)
        .doesNotHaveDuplicates();
  }

  @Test
  void oneThatIsNotRetainedIsNotRestored() {
    try (TestSystem system = start("1ms")) {
      Checkpoint first = runTo(system, 10 * KEYS, 1);
      Checkpoint second = runTo(system, 20 * KEYS, 1);
      Job job = system.local().keyling().run(counting(30 * KEYS, 1), first);
      assertThatThrownBy(() -> TestSystem.await(job.completion()))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining(
              "checkpoint %d of dataflow \"counting\" is not retained, these are: %d",
              first.id(), second.id());
      assertThatThrownBy(() -> system.local().keyling().run(withoutCheckpoints(), first))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes no checkpoints");
    }
  }
}
