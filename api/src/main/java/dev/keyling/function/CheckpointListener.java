package dev.keyling.function;

/**
 * A function that is told what became of checkpoints. Semantics of Flink's interface of this name:
 * a call may be left out (when the attempt fails or is cancelled, but not of the last checkpoint of
 * a job that ends), ids only grow, and a completed checkpoint stands for all with lower ids.
 *
 * <p>Both methods are called between two elements and may write states, which are then part of the
 * next checkpoint. If one throws, the attempt fails.
 */
public interface CheckpointListener {

  /** Called when the checkpoint is durable: no restart goes back behind it any more. */
  default void notifyCheckpointComplete(long checkpointId) throws Exception {}

  /**
   * Called when the checkpoint was given up: it never completes. What {@code snapshotState} wrote
   * for it stays written and becomes part of a later one; if that was not called yet it will not be
   * for this id.
   */
  default void notifyCheckpointAborted(long checkpointId) throws Exception {}
}
