package dev.keyling.kernel;

import dev.keyling.function.CheckpointListener;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.plan.OperatorFunction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the instances of an operator are told beside elements; each answers. Keys that listen are
 * told {@link Completed} and {@link Aborted} as well.
 */
public sealed interface OperatorCall {

  /** Asks for the items of the union lists; comes first. The answer is {@link Recalled}. */
  record Recall() implements OperatorCall {}

  /**
   * Makes the function; comes before everything that reaches it.
   *
   * @param union the items of the union lists of all partitions, in their order, by name; encoded
   * @param isRestored whether the job goes on from a checkpoint
   */
  record Begin(Map<String, List<byte[]>> union, boolean isRestored) implements OperatorCall {}

  /** A checkpoint is taken here. The answer may be {@link Declined}. */
  record Snapshot(long id) implements OperatorCall {}

  /** A checkpoint is durable. */
  record Completed(long id) implements OperatorCall {}

  /** A checkpoint was given up. */
  record Aborted(long id) implements OperatorCall {}

  /** What comes back. */
  sealed interface Answer {}

  /** What the instance holds of union lists: encoded items by name. */
  record Recalled(Map<String, List<byte[]>> union) implements Answer {}

  /** It is done. */
  record Done() implements Answer {}

  /** The function threw at the checkpoint, and what it did there is undone. */
  record Declined(StepFailure cause) implements Answer {}

  /** Returns which method of the function it calls, for messages. */
  default String label() {
    if (this instanceof Snapshot snapshot) {
      return "snapshotState(" + snapshot.id() + ")";
    } else if (this instanceof Completed completed) {
      return "notifyCheckpointComplete(" + completed.id() + ")";
    } else if (this instanceof Aborted aborted) {
      return "notifyCheckpointAborted(" + aborted.id() + ")";
    }
    return "the factory or initializeState";
  }

  /**
   * Returns what is answered when the function has been called.
   *
   * @param thrown what it threw, null if nothing
   * @param failure says where
   * @throws StepFailure if it threw, unless at a checkpoint
   */
  default Answer answer(@Nullable Throwable thrown, Function<Throwable, StepFailure> failure) {
    if (thrown == null) {
      return new Done();
    }
    StepFailure said = failure.apply(thrown);
    if (this instanceof Snapshot) {
      return new Declined(said);
    }
    throw said;
  }

  /** Passes the call on to the function; of checkpoints any is told that listens. */
  default void on(KeyedProcessFunction<?, ?, ?> function) throws Exception {
    if (function instanceof OperatorFunction operator && this instanceof Begin) {
      operator.begin();
    } else if (function instanceof OperatorFunction operator && this instanceof Snapshot snapshot) {
      operator.snapshot(snapshot.id());
    } else if (Hooks.users(function) instanceof CheckpointListener listener) {
      if (this instanceof Completed completed) {
        listener.notifyCheckpointComplete(completed.id());
      } else if (this instanceof Aborted aborted) {
        listener.notifyCheckpointAborted(aborted.id());
      }
    }
  }
}
