package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Checkpoint;
import java.util.concurrent.CompletableFuture;

/**
 * Why there is to be a checkpoint, the most urgent kind first. What waits is served in this order,
 * and within a kind in the order in which it came.
 */
sealed interface CheckpointRequest {

  /** Somebody waits for it, and is told. */
  sealed interface Awaited extends CheckpointRequest {
    CompletableFuture<Checkpoint> caller();

    @Override
    default void completed(Checkpoint checkpoint) {
      caller().complete(checkpoint);
    }

    @Override
    default void failed(Throwable cause) {
      caller().completeExceptionally(cause);
    }
  }

  /**
   * A cut for a savepoint, which shares it with nobody; the caller is told when it is complete.
   *
   * @param stops whether the job stops behind it: sources give nothing more, and no other
   *     checkpoint begins, unless they are told to go on
   */
  record Savepoint(CompletableFuture<Checkpoint> caller, boolean stops) implements Awaited {

    Savepoint(CompletableFuture<Checkpoint> caller) {
      this(caller, false);
    }
  }

  /** The input has ended: one more, which is the last. */
  record Last() implements CheckpointRequest {}

  /** Memory is full of what is not in rows. */
  record Early() implements CheckpointRequest {}

  /** Somebody has asked. */
  record ByUser(CompletableFuture<Checkpoint> caller) implements Awaited {}

  /** The interval is over. */
  record Periodic() implements CheckpointRequest {}

  /** Returns the place of its kind among the kinds. */
  default int rank() {
    return this instanceof Savepoint
        ? 0
        : this instanceof Last ? 1 : this instanceof Early ? 2 : this instanceof ByUser ? 3 : 4;
  }

  /** Tells whether it begins however many are in progress. */
  default boolean isForced() {
    return this instanceof Savepoint;
  }

  /** Its checkpoint is complete. */
  default void completed(Checkpoint checkpoint) {}

  /** Its checkpoint is not taken, or has failed. */
  default void failed(Throwable cause) {}
}
