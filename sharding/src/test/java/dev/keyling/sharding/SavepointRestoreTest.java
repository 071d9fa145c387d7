package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobFailedException;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Sinks;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.persistence.savepoint.GroupFile;
import dev.keyling.persistence.savepoint.SavepointReader;
import dev.keyling.persistence.savepoint.SavepointWriter;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job begins with a savepoint. */
class SavepointRestoreTest {
  private static final int KEYS = Tallies.KEYS;

  @TempDir private Path dir;

  private Path out() {
    return dir.resolve("out.txt");
  }

  private Dataflow flow(int perKey) {
    return Tallies.flow(Tallies.elements(perKey * KEYS), out());
  }

  private static void finish(TestSystem system, Dataflow flow, Savepoint from) {
    TestSystem.await(system.local().keyling().run(flow, from).completion());
  }

  @Test
  void itGoesOnFromThereInAnotherNumberOfKeyGroups() {
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 10, 12);
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) { // of 8 key groups
      finish(system, flow(20), savepoint);
      assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(10 * KEYS, 20 * KEYS));
    }
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      system.finish(flow(30));
    }
    assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(10 * KEYS, 30 * KEYS));
    assertThat(dir.resolve("sp")).isDirectory();
  }

  @Test
  void whatTheStoreHadBeforeDoesNotCountAnyMore() {
    Path early = dir.resolve("early.txt");
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 2, 8);
    try (TestSystem system =
        TestSystem.start(dir.resolve("store"), "keyling.actors.flush-interval", "1ms")) {
      system.finish(Tallies.flow(Tallies.elements(7 * KEYS + 3), early));
      finish(system, flow(4), savepoint);
      assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(2 * KEYS, 4 * KEYS));
      system.finish(flow(9));
    }
    assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(2 * KEYS, 9 * KEYS));
  }

  @Test
  void oneThatIsDamagedLeavesTheJobAsItWas() throws IOException {
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 100, 8);
    List<GroupFile> files =
        SavepointReader.open(dir.resolve("sp")).manifest().step(Tallies.STEP).files();
    Path last = dir.resolve("sp").resolve(files.get(files.size() - 1).name());
    byte[] bytes = Files.readAllBytes(last);
    bytes[bytes.length / 2] ^= 1;
    Files.write(last, bytes);
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      system.finish(flow(5));
      Job job = system.local().keyling().run(flow(9), savepoint);
      assertThatThrownBy(() -> TestSystem.await(job.completion()))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("tallies")
          .hasMessageContaining(last.toString())
          .hasMessageContaining("is damaged");
    }
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      system.finish(flow(9));
    }
    assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(0, 9 * KEYS));
  }

  @Test
  void aStepThatIsNewBeginsWithNothingAndOneThatIsGoneIsNamed() {
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 10, 8);
    Dataflow other = Dataflow.named("tallies");
    Tallies.count(other, Tallies.elements(12 * KEYS), "recount").to("out", Sinks.lines(out()));
    other.enableCheckpointing(Duration.ofMillis(20));
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      assertThatThrownBy(() -> finish(system, other, savepoint))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("state of step \"count\"")
          .hasMessageContaining("allowNonRestoredState()");
      finish(system, other, savepoint.allowNonRestoredState());
      assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(0, 2 * KEYS));
    }
  }

  @Test
  void anotherKeyTypeIsRefused() {
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 10, 8);
    Dataflow other = Dataflow.named("tallies");
    other
        .from("in", Tallies.elements(KEYS))
        .keyBy(key -> "" + key, Types.STRING)
        .map(Tallies.STEP, ctx -> key -> key)
        .print("out");
    other.enableCheckpointing(Duration.ofMillis(20));
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      assertThatThrownBy(() -> finish(system, other, savepoint))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining("step \"count\" has keys of type int in savepoint")
          .hasMessageContaining("and of type string in the program");
    }
  }

  @Test
  void aClaimedSavepointIsDeletedOnceTheJobHasIt() {
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 1, 8);
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      finish(system, flow(2), savepoint.claim());
      TestSystem.until("it is gone", () -> !Files.exists(dir.resolve("sp")));
      system.finish(flow(3));
    }
    assertThat(Tallies.written(out())).isEqualTo(Tallies.lines(KEYS, 3 * KEYS));
  }

  @Test
  void aLinesSinkWantsItsFileOrNoneOfItsOwn() {
    Path store = dir.resolve("store");
    Savepoint savepoint;
    try (TestSystem system = TestSystem.start(store)) {
      CrashingSource<Integer> source = Tallies.elements(3 * KEYS).endless();
      Job job = TestSystem.running(system.run(Tallies.flow(source, out())));
      TestSystem.until("all is written", () -> Tallies.written(out()).size() == 3 * KEYS);
      savepoint = TestSystem.await(job.stopWithSavepoint(dir.resolve("sp")));
      TestSystem.await(job.completion());
    }
    Path other = dir.resolve("other.txt");
    Dataflow flow = Tallies.flow(Tallies.elements(5 * KEYS), other);
    try (TestSystem system = TestSystem.start(store)) {
      assertThatThrownBy(() -> finish(system, flow, savepoint))
          .isInstanceOf(JobFailedException.class)
          .hasMessageContaining(other.toString())
          .hasMessageContaining("is missing, but the job has already written")
          .hasMessageContaining("SavepointWriter.removeSink");
      SavepointReader taken = SavepointReader.open(savepoint.path());
      finish(
          system,
          flow,
          SavepointWriter.from(taken).removeSink("out").write(dir.resolve("without")));
    }
    assertThat(Tallies.written(other)).isEqualTo(Tallies.lines(3 * KEYS, 5 * KEYS));
  }

  @Test
  void afterARestoreTheStoreIsInOrder() {
    Path store = dir.resolve("store");
    Savepoint savepoint = Tallies.made(dir.resolve("sp"), 2, 8);
    try (TestSystem system = TestSystem.start(store, "keyling.actors.flush-interval", "1ms")) {
      system.finish(flow(1));
      finish(system, Tallies.flow(Tallies.elements(2 * KEYS), dir.resolve("two.txt")), savepoint);
    }
    try (OfflineStore closed = OfflineStore.open(store)) {
      assertThat(closed.verify().problems()).isEmpty();
    }
  }

  @Test
  void withoutCheckpointsThereIsNothingToBeginWith() {
    Dataflow flow = Dataflow.named("tallies");
    flow.fromCollection("in", List.of(1)).print("out");
    try (TestSystem system = TestSystem.start(dir.resolve("store"))) {
      assertThatThrownBy(() -> system.local().keyling().run(flow, Savepoint.at(dir.resolve("sp"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes no checkpoints");
    }
  }
}
