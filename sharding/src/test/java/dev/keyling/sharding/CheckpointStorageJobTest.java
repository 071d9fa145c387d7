package dev.keyling.sharding;

import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.DELETE_ON_CANCELLATION;
import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.NO_EXTERNALIZED_CHECKPOINTS;
import static dev.keyling.checkpoint.ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointStatistics.Ended;
import dev.keyling.checkpoint.CheckpointStorage;
import dev.keyling.checkpoint.CustomCheckpointStorage;
import dev.keyling.checkpoint.ExternalizedCheckpointCleanup;
import dev.keyling.checkpoint.FileSystemCheckpointStorage;
import dev.keyling.checkpoint.JobManagerCheckpointStorage;
import dev.keyling.connector.Sinks;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.sharding.job.OfflineJob;
import dev.keyling.state.Types;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storages of checkpoints under a running job, and what its end leaves there. */
class CheckpointStorageJobTest {
  @TempDir private Path dir;

  private Dataflow flow(CrashingSource<Integer> source, CheckpointStorage storage) {
    Dataflow flow = Dataflow.named("kept").setRestartStrategy(RestartStrategy.none());
    flow.from("in", source)
        .keyBy(i -> i % 5)
        .reduce("last", Types.INT, (before, now) -> now)
        .map(String::valueOf)
        .to("out", Sinks.lines(dir.resolve("out.txt")).truncateOnRestore());
    flow.enableCheckpointing(Duration.ofDays(20))
        .getCheckpointConfig()
        .setNumRetained(2)
        .setExternalizedCheckpointCleanup(RETAIN_ON_CANCELLATION)
        .setCheckpointStorage(storage);
    return flow;
  }

  private static CrashingSource<Integer> endless() {
    return CrashingSource.of(100, i -> i).endless();
  }

  private CheckpointStorage files() {
    return new FileSystemCheckpointStorage(dir.resolve("kept"));
  }

  private List<String> kept() {
    String[] names = dir.resolve("kept/kept").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private TestSystem start() {
    return TestSystem.start(dir.resolve("store"));
  }

  private static List<Checkpoint> take(Job job, int count) {
    TestSystem.running(job);
    List<Checkpoint> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(TestSystem.await(job.triggerCheckpoint()));
    }
    return taken;
  }

  @Test
  void retainedOnesHaveADirectoryEachAndCanBeRestoredOrAreRefusedIfDamaged() throws IOException {
    try (TestSystem system = start()) {
      Job job = system.run(flow(endless(), files()));
      List<Checkpoint> taken = take(job, 4);
      long third = taken.get(2).id();
      TestSystem.until(
          "older ones are gone", () -> kept().size() == 2 && kept().contains("chk-" + third));
      assertThat(kept()).containsExactlyInAnyOrder("chk-" + third, "chk-" + (third + 1));
      TestSystem.await(job.cancel());
      Path metadata = dir.resolve("kept/kept/chk-" + third + "/_metadata");
      byte[] bytes = Files.readAllBytes(metadata);
      bytes[20] ^= 1;
      Files.write(metadata, bytes);
      Job damaged = system.local().keyling().run(flow(endless(), files()), taken.get(2));
      assertThatThrownBy(() -> TestSystem.await(damaged.completion()))
          .hasMessageContaining("dataflow \"kept\": checkpoint " + third + " cannot be restored")
          .hasMessageContaining("_metadata is damaged");
      bytes[20] ^= 1;
      Files.write(metadata, bytes);
      Job restored = system.local().keyling().run(flow(endless(), files()), taken.get(2));
      TestSystem.running(restored);
      TestSystem.until("what came after it is gone", () -> kept().equals(List.of("chk-" + third)));
      TestSystem.await(restored.cancel());
    }
  }

  @Test
  void aClosedStoreTellsWhereTheManifestsAre() {
    List<Checkpoint> taken;
    try (TestSystem system = start()) {
      Job job = system.run(flow(endless(), files()));
      taken = take(job, 3);
      TestSystem.await(job.cancel());
    }
    try (OfflineStore store = OfflineStore.open(dir.resolve("store"))) {
      List<OfflineJob> jobs = OfflineJob.all(store);
      assertThat(jobs).extracting(OfflineJob::dataflow).containsExactly("kept");
      assertThat(jobs.get(0).retained())
          .extracting(OfflineJob.Retained::checkpoint)
          .containsExactlyElementsOf(taken.subList(1, 3));
      assertThat(jobs.get(0).retained())
          .allSatisfy(each -> assertThat(Path.of(each.manifest(), "_metadata")).exists());
    }
  }

  /** Runs a job to an end, and returns what is kept then, beside whether older ones are. */
  private List<String> leftBy(ExternalizedCheckpointCleanup cleanup, String end) {
    try (TestSystem system = start()) {
      CrashingSource<Integer> source =
          end.equals("fails")
              ? CrashingSource.of(101, CheckpointStorageJobTest::breaking)
                  .when(i -> i < 100 || failing)
              : endless();
      if (end.equals("finishes")) {
        source = CrashingSource.of(101, i -> i).when(i -> i < 100 || failing);
      }
      Dataflow flow = flow(source, files());
      flow.getCheckpointConfig().setExternalizedCheckpointCleanup(cleanup);
      Job job = system.run(flow);
      take(job, 2);
      if (end.equals("is cancelled")) {
        TestSystem.await(job.cancel());
      } else if (!end.equals("is suspended")) {
        failing = true;
        TestSystem.until("it ends", () -> job.completion().toCompletableFuture().isDone());
        failing = false;
      }
      if (!end.equals("is suspended")) {
        assertThat(TestSystem.await(system.local().keyling().checkpoints("kept")))
            .as("what can be restored")
            .hasSize(kept().isEmpty() ? 1 : 2);
      }
    }
    return kept();
  }

  private volatile boolean failing;

  private static int breaking(int i) {
    if (i == 100) {
      throw new IllegalStateException("broken");
    }
    return i;
  }

  @Test
  void whatIsToBeDeletedOnCancellationStaysOnlyWhenTheJobFailsOrIsSuspended() {
    assertThat(leftBy(DELETE_ON_CANCELLATION, "is cancelled")).isEmpty();
    assertThat(leftBy(DELETE_ON_CANCELLATION, "is suspended")).hasSize(2);
    assertThat(leftBy(DELETE_ON_CANCELLATION, "fails")).hasSize(2);
  }

  @Test
  void whatIsToBeRetainedGoesOnlyWhenTheJobFinishes() {
    assertThat(leftBy(RETAIN_ON_CANCELLATION, "is cancelled")).hasSize(2);
    assertThat(leftBy(RETAIN_ON_CANCELLATION, "fails")).hasSize(2);
  }

  @Test
  void aJobThatFinishesKeepsNothing() {
    assertThat(leftBy(RETAIN_ON_CANCELLATION, "finishes")).isEmpty();
  }

  @Test
  void byDefaultEverythingGoes() {
    assertThat(leftBy(NO_EXTERNALIZED_CHECKPOINTS, "is cancelled")).isEmpty();
    assertThat(leftBy(NO_EXTERNALIZED_CHECKPOINTS, "fails")).isEmpty();
  }

  @Test
  void aManifestThatIsTooLargeFailsItsCheckpointAndIsCounted() {
    try (TestSystem system = start()) {
      Dataflow flow = flow(endless(), new JobManagerCheckpointStorage(null, 1));
      flow.getCheckpointConfig().setTolerableCheckpointFailureNumber(1);
      Job job = TestSystem.running(system.run(flow));
      assertThatThrownBy(() -> TestSystem.await(job.triggerCheckpoint()))
          .hasMessageContaining("dataflow \"kept\": the content of checkpoint 1 cannot be kept")
          .hasMessageContaining("maxStateSize");
      Ended failed = job.checkpointStatistics().newest().get(0);
      assertThat(failed.id()).isEqualTo(1);
      assertThat(failed.failure()).contains("maxStateSize");
      assertThat(job.checkpointStatistics().failed()).isEqualTo(1);
      assertThatThrownBy(() -> TestSystem.await(job.triggerCheckpoint()))
          .hasMessageContaining("checkpoint 2 cannot be kept");
      assertThatThrownBy(() -> TestSystem.await(job.completion()))
          .hasMessageContaining("checkpoint 2 cannot be kept");
    }
  }

  /** Keeps parts in a map; refuses some. */
  private static final class InMemory implements CustomCheckpointStorage {
    final Map<Long, Map<String, byte[]>> parts = new ConcurrentHashMap<>();
    volatile long refused;

    @Override
    public OutputStream create(long checkpointId, String name) throws IOException {
      if (checkpointId == refused) {
        throw new IOException("no room for " + name);
      }
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          parts.computeIfAbsent(checkpointId, id -> new TreeMap<>()).put(name, toByteArray());
        }
      };
    }

    @Override
    public InputStream open(long checkpointId, String name) throws IOException {
      byte[] bytes = parts.getOrDefault(checkpointId, Map.of()).get(name);
      if (bytes == null) {
        throw new IOException("no " + name);
      }
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public List<Long> completed() {
      return List.copyOf(parts.keySet());
    }

    @Override
    public void discard(long checkpointId) {
      parts.remove(checkpointId);
    }
  }

  @Test
  void aStorageOfTheUsersKeepsThemAndItsRefusalFailsOneCheckpoint() {
    InMemory storage = new InMemory();
    try (TestSystem system = start()) {
      Dataflow flow = flow(endless(), storage);
      flow.getCheckpointConfig().setTolerableCheckpointFailureNumber(1);
      Job job = system.run(flow);
      List<Checkpoint> taken = take(job, 3);
      storage.refused = taken.get(2).id() + 1;
      assertThatThrownBy(() -> TestSystem.await(job.triggerCheckpoint()))
          .hasMessageContaining("no room for _metadata");
      assertThat(job.checkpointStatistics().completed()).isEqualTo(3);
      assertThat(job.checkpointStatistics().triggered()).isEqualTo(4);
      assertThat(job.checkpointStatistics().inProgress()).isZero();
      TestSystem.await(job.cancel());
      assertThat(storage.completed())
          .containsExactlyInAnyOrder(taken.get(1).id(), taken.get(2).id());
      Job restored = system.local().keyling().run(flow(endless(), storage), taken.get(1));
      take(restored, 1);
      TestSystem.await(restored.cancel());
    }
  }
}
