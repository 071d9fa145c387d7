package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.ExternalizedCheckpointCleanup;
import dev.keyling.checkpoint.FileSystemCheckpointStorage;
import dev.keyling.connector.Sinks;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that died has left in a storage of checkpoints. */
class LeftCheckpointsTest {
  @TempDir private Path dir;

  private Dataflow flow() {
    Dataflow flow = Dataflow.named("kept");
    flow.from("in", CrashingSource.of(100, i -> i).endless())
        .keyBy(i -> i % 5)
        .reduce("last", Types.INT, (before, now) -> now)
        .map(String::valueOf)
        .to("out", Sinks.lines(dir.resolve("out.txt")));
    flow.enableCheckpointing(Duration.ofDays(20))
        .getCheckpointConfig()
        .setNumRetained(2)
        .setExternalizedCheckpointCleanup(ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION)
        .setCheckpointStorage(new FileSystemCheckpointStorage(dir.resolve("kept")));
    return flow;
  }

  private TestSystem start() {
    return TestSystem.start(dir.resolve("store"));
  }

  private List<String> kept() {
    String[] names = dir.resolve("kept/kept").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private void leave(String directory, String file) throws IOException {
    Path left = Files.createDirectories(dir.resolve("kept/kept").resolve(directory));
    Files.write(left.resolve(file), new byte[] {1});
  }

  @Test
  void itGoesWithTheNextStartAndWhatIsNotOfTheStoreStays() throws IOException {
    List<Long> taken = new ArrayList<>();
    try (TestSystem system = start()) {
      Job job = TestSystem.running(system.run(flow()));
      for (int i = 0; i < 4; i++) {
        Checkpoint checkpoint = TestSystem.await(job.triggerCheckpoint());
        taken.add(checkpoint.id());
      }
      TestSystem.await(job.cancel());
    }
    long last = taken.get(3);
    leave("chk-" + (last + 1), "_metadata"); // it was to be recorded
    leave("chk-" + (last + 2), "part-0"); // it was being kept
    leave("chk-" + taken.get(0), "_metadata"); // it was to be deleted
    leave("chk-900000", "_metadata");
    leave("notes", "read-me");
    try (TestSystem system = start()) {
      Job job = TestSystem.running(system.run(flow()));
      TestSystem.until("it is gone", () -> kept().size() == 4);
      assertThat(kept())
          .containsExactlyInAnyOrder("chk-" + (last - 1), "chk-" + last, "chk-900000", "notes");
      TestSystem.await(job.cancel());
    }
  }
}
