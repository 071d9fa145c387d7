package dev.keyling;

import dev.keyling.checkpoint.Checkpoint;
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

  /** Shows what a key holds now, read-only; an empty view for a key that holds nothing. */
  CompletionStage<KeyView> view(String stepId, Object key);
}
