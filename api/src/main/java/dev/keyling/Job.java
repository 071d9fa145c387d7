package dev.keyling;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointStatistics;
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
