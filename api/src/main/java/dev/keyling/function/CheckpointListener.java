package dev.keyling.function;

/**
 * A function that is told what became of checkpoints: an operator, a keyed function of any kind, or
 * the writer of a sink, if its class implements this as well. Semantics of Flink's interface of
 * this name: a call may be left out (when the attempt fails or is cancelled, but not of the last
 * checkpoint of a job that ends), ids only grow, and a completed checkpoint stands for all with
 * lower ids.
 *
 * <p>A keyed function is told as long as its key is awake. A key that sleeps is not woken for it,
 * and one that holds neither state nor timers is let go at each checkpoint; so what a function
 * waits to be told about belongs into its state. The writer of a sink is told behind its commit.
 * Functions of embedded steps have no checkpoints.
 *
 * <p>Both methods are called between two elements and may write states, which are then part of the
 * next checkpoint. If one throws, the attempt fails, also in a step that skips.
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
