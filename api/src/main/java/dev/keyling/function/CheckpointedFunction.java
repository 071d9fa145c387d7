package dev.keyling.function;

/**
 * A function that is told when its memory is given back and when it is taken. Semantics of Flink's
 * interface of this name.
 *
 * <p>What Flink's {@code initializeState} does has two places here, which are called in this order,
 * once for each function object and before any element: the factory given to {@code transform}, for
 * whoever keeps the states in final fields, and {@link #initializeState}, for whoever brings a
 * function from Flink. Both may read and write the states. Flink's {@code snapshotState} is {@link
 * #snapshotState}.
 */
public interface CheckpointedFunction {

  /**
   * Called right after the function object was made, when the job starts and after every restart.
   * If it throws, the attempt fails.
   *
   * @param context the same that the factory was given
   */
  default void initializeState(OperatorContext context) throws Exception {}

  /**
   * Called for every checkpoint, between two elements: what is written to states here is part of
   * it. Ids only grow.
   *
   * <p>If it throws, what it wrote is undone and the checkpoint fails; whether the job goes on with
   * the next one, {@code CheckpointConfig.setTolerableCheckpointFailureNumber} says.
   */
  default void snapshotState(long checkpointId) throws Exception {}
}
