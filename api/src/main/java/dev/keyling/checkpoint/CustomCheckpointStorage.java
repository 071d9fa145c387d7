package dev.keyling.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Keeps manifests wherever you like, as streams of bytes with names. One place serves one dataflow:
 * give another one to the next, as ids of checkpoints are those of a dataflow.
 *
 * <p>Thread-safe: several checkpoints may be written, read and discarded at the same time. The
 * methods may block. It is used where the program is built, so it need not be serializable. What
 * they throw fails the checkpoint, not the job, as far as failures are tolerable.
 */
public non-sealed interface CustomCheckpointStorage extends CheckpointStorage {

  /**
   * Begins to store a part of a checkpoint; it counts from when {@code close} has returned, and has
   * to be durable by then. A checkpoint is complete with the part {@code _metadata}, which comes
   * last. Anything of that name that is there from an earlier attempt is replaced.
   *
   * @param checkpointId never used for another checkpoint of the dataflow
   * @param name letters, digits, {@code _}, {@code -} and {@code .}
   */
  OutputStream create(long checkpointId, String name) throws IOException;

  /**
   * Reads a part.
   *
   * @throws IOException if it is not there
   */
  InputStream open(long checkpointId, String name) throws IOException;

  /** Returns the ids of the checkpoints whose {@code _metadata} is there, in any order. */
  List<Long> completed() throws IOException;

  /** Deletes all parts of a checkpoint, complete or not; nothing happens if there is none. */
  void discard(long checkpointId) throws IOException;
}
