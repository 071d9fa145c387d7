package dev.keyling.system;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.checkpoint.FileSystemCheckpointStorage;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Sinks;
import dev.keyling.sharding.Keyling;
import dev.keyling.sharding.LocalSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The program of {@link MatrixJob} with a file at its end, which takes a savepoint or begins with
 * one, and can be killed meanwhile. Prints why it failed, if it does.
 */
final class SavepointMatrixJob {
  static final String NAME = "matrix";
  static final String STEP = "count";

  /** Checkpoints before a savepoint is taken. */
  private static final int BEFORE = 10;

  private SavepointMatrixJob() {}

  /** What a process does. */
  enum Task {
    GO_ON,
    SAVE,
    STOP,
    RESTORE,
    CLAIM
  }

  /** Returns where manifests are kept while the job has not ended. */
  static Path checkpoints(Path home) {
    return home.resolve("checkpoints");
  }

  /**
   * Returns its arguments.
   *
   * @param home of the store and of the output
   * @param inputs the directory of the input
   * @param savepoint what is written or restored, if anything is
   */
  static List<String> arguments(
      Path home, Path inputs, int perSecond, int keyGroups, Task task, Path savepoint) {
    return List.of(
        home.toString(),
        inputs.toString(),
        String.valueOf(perSecond),
        String.valueOf(keyGroups),
        task.name(),
        savepoint.toString());
  }

  public static void main(String[] arguments) {
    Path home = Path.of(arguments[0]);
    Dataflow flow = Dataflow.named(NAME).enableCheckpointing(Duration.ofMillis(20));
    flow.getCheckpointConfig()
        .setNumRetained(2)
        .setCheckpointStorage(new FileSystemCheckpointStorage(checkpoints(home)));
    MatrixJob.counts(flow, Path.of(arguments[1]), Integer.parseInt(arguments[2]))
        .to("file", Sinks.lines(MatrixJob.output(home)).truncateOnRestore());
    Task task = Task.valueOf(arguments[4]);
    Path directory = KillingFiles.at(Path.of(arguments[5]));
    Map<String, String> settings = Map.of("keyling.persistence.leveldb.key-groups", arguments[3]);
    try (LocalSystem system = MatrixJob.start(home, settings)) {
      perform(task, system.keyling(), flow, directory);
    }
  }

  private static void perform(Task task, Keyling keyling, Dataflow flow, Path directory) {
    Job job =
        switch (task) {
          case RESTORE -> keyling.run(flow, Savepoint.at(directory));
          case CLAIM -> keyling.run(flow, Savepoint.at(directory).claim());
          default -> keyling.run(flow);
        };
    if (task == Task.SAVE || task == Task.STOP) {
      Eventually.is("the job runs", () -> job.status() == JobStatus.RUNNING);
      Eventually.is(
          "checkpoints have completed", () -> job.checkpointStatistics().completed() >= BEFORE);
      (task == Task.STOP ? job.stopWithSavepoint(directory) : job.savepoint(directory))
          .toCompletableFuture()
          .join();
    }
    job.completion().toCompletableFuture().join();
  }
}
