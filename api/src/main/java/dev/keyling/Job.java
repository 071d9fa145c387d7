package dev.keyling;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointStatistics;
import dev.keyling.checkpoint.Savepoint;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A running dataflow. Thread-safe. */
public interface Job {

  /** Completes when the job has ended; fails with {@link JobFailedException} if it failed. */
  CompletionStage<Void> completion();

  /** Stops the job as it is, without a last checkpoint; a later run goes on from the last one. */
  CompletionStage<Void> cancel();

  JobStatus status();

  /** Returns how far the job has come. */
  JobProgress progress();

  /**
   * Takes a checkpoint now; completes when it is durable and fails if it is not taken.
   *
   * @return fails with {@link IllegalStateException} if checkpointing is off
   */
  CompletionStage<Checkpoint> triggerCheckpoint();

  /** Returns how many checkpoints this run has taken, and what the newest were like. */
  CheckpointStatistics checkpointStatistics();

  /**
   * Copies everything that the job knows into a savepoint, while it goes on: state, timers and
   * positions are those of a checkpoint that is taken for it now. Completes when the savepoint is
   * durable. If it fails, nothing that looks like a savepoint is left, and the job goes on.
   *
   * @param directory what the savepoint will be; it must not be there yet, or be empty. Every node
   *     writes into it
   * @return fails with {@link IllegalStateException} if checkpointing is off, or if the job ends or
   *     restarts before the savepoint is complete
   */
  CompletionStage<Savepoint> savepoint(Path directory);

  /**
   * Takes a savepoint behind which nothing more is read, and ends the job, as finished, when the
   * savepoint is durable and sinks have published everything that it covers. If it fails, the job
   * goes on.
   *
   * @see #savepoint
   */
  CompletionStage<Savepoint> stopWithSavepoint(Path directory);

  /**
   * Returns the checkpoints that can be restored and looked at, oldest first; the last is the
   * newest. {@code CheckpointConfig.setNumRetained} says how many there are at most.
   */
  CompletionStage<List<Checkpoint>> retainedCheckpoints();

  /** Shows what a key holds now, read-only; an empty view for a key that holds nothing. */
  CompletionStage<KeyView> view(String stepId, Object key);

  /**
   * Shows what a key held at a checkpoint, read-only, from journal and rows; an empty view for a
   * key that held nothing. The key's actor is not asked and not woken.
   *
   * @param asOfCheckpoint one of {@link #retainedCheckpoints()}
   * @return fails with {@link IllegalArgumentException} if it is not retained; says which are
   */
  CompletionStage<KeyView> view(String stepId, Object key, long asOfCheckpoint);
}
