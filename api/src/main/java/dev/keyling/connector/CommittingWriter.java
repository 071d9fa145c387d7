package dev.keyling.connector;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link ExactlyOnceSink} opens: a writer that stages its elements and publishes them with
 * the checkpoint they belong to.
 *
 * <p>The engine calls, in this order and never two at a time:
 *
 * <ol>
 *   <li>{@link #recover}: once, before anything else, in every attempt
 *   <li>{@link #write}: the elements up to checkpoint n
 *   <li>{@link #prepare prepare(n)}: stages them; the engine stores the handle with the checkpoint
 *   <li>{@link #commit commit(n, handle)}: after the checkpoint is durable, perhaps after more
 *       elements or even more {@code prepare}; never if the checkpoint was given up
 *   <li>{@link #close}: publishes nothing
 * </ol>
 *
 * <p>A job that runs without checkpoints calls {@code recover(null)} at the start, {@code commit(1,
 * prepare(1))} when all input has ended, and {@code close}: results appear at the end, and a job
 * that fails publishes none.
 *
 * @param <T> the elements; never null
 */
public interface CommittingWriter<T> extends SinkWriter<T> {

  /**
   * Stages everything written since the last {@code prepare}, so that it survives a crash of the
   * machine, and shows none of it to the outside.
   *
   * <p>A checkpoint may be given up after this. Its elements stay staged; they are published with
   * the next checkpoint that completes, so the handle of a later checkpoint covers them, or the
   * engine restarts from an earlier checkpoint and {@link #recover} drops them.
   *
   * @param checkpointId larger than that of any earlier call, not necessarily by one
   * @return all that {@link #commit} and {@link #recover} need to know, in this writer's notation;
   *     opaque to the engine, which keeps it with the checkpoint. Small
   * @throws Exception if it cannot be staged: the checkpoint fails
   */
  byte[] prepare(long checkpointId) throws Exception;

  /**
   * Publishes everything staged up to this checkpoint, and returns when that survives a crash of
   * the machine. Called after the checkpoint is durable, for one checkpoint after the other. Called
   * again it changes nothing.
   *
   * @param checkpointId the completed checkpoint
   * @param handle what {@link #prepare} returned for it
   * @throws Exception if it cannot be published; ends the attempt, and the next one's {@link
   *     #recover} finishes it
   */
  void commit(long checkpointId, byte[] handle) throws Exception;

  /**
   * Brings the outside in line with the last completed checkpoint: publishes what belongs to it and
   * is not there yet, drops everything staged after it. May be interrupted by a crash at any point
   * and called again.
   *
   * @param restored the checkpoint this attempt starts from; null: there is none, the job starts
   *     with nothing
   * @throws Exception if the outside is not what the checkpoint left there; says what was found,
   *     where, and what to do
   */
  void recover(@Nullable Restored restored) throws Exception;
}
