package dev.keyling.function;

/**
 * What one partition of an operator does: a step that is not keyed, with memory of its own. There
 * is one object per partition in every attempt; its states are final fields, taken from the {@link
 * OperatorContext} in the constructor. Called by one thread at a time: elements, checkpoints and
 * the end never concurrently.
 *
 * <p>Plain fields last as long as the attempt does. The usual pattern keeps elements in a field,
 * reads it from a list state in the constructor, and writes it there in {@link #snapshotState}:
 *
 * <pre>{@code
 * Buffer(OperatorContext ctx) {
 *   stored = ctx.getListState(new ListStateDescriptor<>("buffer", Types.STRING));
 *   stored.get().forEach(buffer::add);
 * }
 *
 * public void snapshotState(long checkpointId) {
 *   stored.update(buffer);
 * }
 * }</pre>
 *
 * <p>If {@link #processElement} throws, the attempt fails.
 */
@FunctionalInterface
public interface ProcessFunction<I, O>
    extends CheckpointedFunction, CheckpointListener, AutoCloseable {

  /** Handles one element. What is emitted has the timestamp of the element. */
  void processElement(I value, Collector<O> out) throws Exception;

  /**
   * Called when all inputs of the step have ended, before the last checkpoint; again when a later
   * run of the same job, with more input, ends.
   */
  default void onEndOfInput(Collector<O> out) throws Exception {}

  /** Called when the object is let go; not when the process is killed. */
  @Override
  default void close() {}
}
