package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Sinks;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.savepoint.SavepointReader;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job writes savepoints while elements flow, and stops with one. */
class SavepointJobTest {
  private static final int KEYS = Tallies.KEYS;

  @TempDir private Path dir;

  private TestSystem start(int keyGroups) {
    return TestSystem.start(
        dir.resolve("store" + keyGroups),
        "keyling.persistence.leveldb.key-groups",
        Integer.toString(keyGroups),
        "keyling.actors.flush-interval",
        "5ms",
        "keyling.sharding.max-run",
        "100");
  }

  private Path out() {
    return dir.resolve("out.txt");
  }

  private static long positionOf(Path savepoint) {
    return Long.parseLong(
        SavepointReader.open(savepoint).manifest().positions().get("in/0").offset());
  }

  private static long sum(TreeMap<Integer, Long> counts) {
    return counts.values().stream().mapToLong(n -> n).sum();
  }

  @Test
  void from128KeyGroupsTo32To256NoElementIsLostOrCountedTwice() {
    int elements = 400 * KEYS;
    Savepoint savepoint = stopped(128, 1, null, elements / 3);
    savepoint = stopped(32, 2, savepoint, 2 * elements / 3);
    assertThat(Tallies.counts(savepoint.path())).hasSize(KEYS);
    try (TestSystem system = start(256)) {
      TestSystem.await(
          system
              .local()
              .keyling()
              .run(Tallies.flow(Tallies.elements(elements), out()), savepoint)
              .completion());
    }
    assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(0, elements));
  }

  /** Runs until so many elements are read, and stops with a savepoint while others come. */
  private Savepoint stopped(int keyGroups, int number, Savepoint from, int elements) {
    try (TestSystem system = start(keyGroups)) {
      CrashingSource<Integer> source = Tallies.elements(Integer.MAX_VALUE);
      Dataflow flow = Tallies.flow(source, out());
      Job job =
          TestSystem.running(
              from == null ? system.run(flow) : system.local().keyling().run(flow, from));
      TestSystem.until("much is read", () -> source.furthest() > elements / 10);
      Path target = dir.resolve("sp" + number);
      Savepoint savepoint = TestSystem.await(job.stopWithSavepoint(target));
      TestSystem.await(job.completion());
      assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
      assertThat(sum(Tallies.counts(target))).isEqualTo(positionOf(target));
      return savepoint;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5ms", "1h"})
  void aJobGoesOnWhileItsSavepointIsWritten(String flushInterval) {
    int elements = 300 * KEYS;
    Path target = dir.resolve("sp");
    Savepoint savepoint;
    try (TestSystem system =
        TestSystem.start(
            dir.resolve("store"),
            "keyling.actors.flush-interval",
            flushInterval,
            "keyling.sharding.max-run",
            "100")) {
      CrashingSource<Integer> source = Tallies.elements(elements);
      Job job = TestSystem.running(system.run(Tallies.flow(source, out())));
      TestSystem.until("much is read", () -> source.furthest() > elements / 10);
      savepoint = TestSystem.await(job.savepoint(target));
      TestSystem.await(job.completion());
    }
    assertThat(savepoint.dataflow()).isEqualTo("tallies");
    assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(0, elements));
    long position = positionOf(target);
    TreeMap<Integer, Long> counts = Tallies.counts(target);
    assertThat(sum(counts)).isEqualTo(position);
    counts.forEach((key, count) -> assertThat(count).isEqualTo((position + KEYS - 1 - key) / KEYS));
  }

  /** Counts one element, and then waits for the latch with the next. */
  private Dataflow waiting(CountDownLatch latch) {
    Dataflow flow = Dataflow.named("tallies");
    flow.from("in", Tallies.elements(30))
        .keyBy(key -> 0, Types.INT) // one key takes one thread
        .map(
            Tallies.STEP,
            ctx ->
                key -> {
                  latch.await();
                  return key + " 1";
                })
        .to("out", Sinks.lines(out()));
    flow.enableCheckpointing(Duration.ofHours(1));
    return flow;
  }

  /** What may go wrong with the directory while key groups have not written yet. */
  private enum Trouble {
    TAKEN {
      @Override
      void happen(Path target, Path unfinished) throws IOException {
        Files.createDirectory(target);
        Files.createFile(target.resolve("something"));
      }
    },
    GONE {
      @Override
      void happen(Path target, Path unfinished) throws IOException {
        Files.delete(unfinished);
      }
    };

    abstract void happen(Path target, Path unfinished) throws IOException;
  }

  @ParameterizedTest
  @CsvSource({"true, TAKEN", "false, TAKEN", "true, GONE", "false, GONE"})
  void oneThatFailsLeavesNothingAndTheJobGoesOn(boolean stops, Trouble trouble) throws IOException {
    CountDownLatch latch = new CountDownLatch(1);
    Path target = dir.resolve("sp");
    try (TestSystem system = start(4)) {
      Job job = TestSystem.running(system.run(waiting(latch)));
      CompletionStage<Savepoint> savepoint =
          stops ? job.stopWithSavepoint(target) : job.savepoint(target);
      TestSystem.until("it has begun", () -> unfinished().findAny().isPresent());
      trouble.happen(target, dir.resolve(unfinished().findAny().orElseThrow()));
      latch.countDown();
      assertThatThrownBy(() -> TestSystem.await(savepoint))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("could not be written to " + target);
      TestSystem.await(job.completion());
      assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
      TestSystem.until("nothing is left", () -> unfinished().findAny().isEmpty());
    }
    assertThat(Tallies.written(out())).hasSize(30);
    assertThatThrownBy(() -> SavepointReader.open(target)).isInstanceOf(StoreException.class);
  }

  private Stream<String> unfinished() {
    return names().filter(name -> name.startsWith("sp.unfinished"));
  }

  private Stream<String> names() {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatCannotBeTakenIsRefused() throws IOException {
    Dataflow without = Dataflow.named("without");
    without.from("in", Tallies.elements(10).endless()).print("out");
    Files.createDirectory(dir.resolve("taken"));
    Files.createFile(dir.resolve("taken").resolve("file"));
    try (TestSystem system = start(4)) {
      Job job = TestSystem.running(system.run(without));
      assertThatThrownBy(() -> TestSystem.await(job.savepoint(dir.resolve("sp"))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("\"without\" takes no checkpoints");
      TestSystem.await(job.cancel());
      Job other =
          TestSystem.running(system.run(Tallies.flow(Tallies.elements(10).endless(), out())));
      assertThatThrownBy(() -> TestSystem.await(other.stopWithSavepoint(dir.resolve("taken"))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("something is there already");
      assertThat(TestSystem.await(other.savepoint(dir.resolve("sp"))).path())
          .isDirectoryContaining("glob:**/manifest.json");
      TestSystem.await(other.cancel());
      assertThatThrownBy(() -> TestSystem.await(other.savepoint(dir.resolve("late"))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("CANCELLED");
    }
    assertThat(names().toList()).doesNotContainAnyElementsOf(List.of("late"));
  }
}
