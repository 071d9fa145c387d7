package dev.keyling.connector;

import java.io.IOException;

/**
 * Writes results to the outside.
 *
 * <p>Used by one thread at a time; the engine makes what one thread did visible to the next. Every
 * method may block on the outside.
 *
 * @param <T> the elements; never null
 */
public interface SinkWriter<T> extends AutoCloseable {

  /**
   * Takes one element. It may stay in a buffer until {@link #flush()}.
   *
   * @throws Exception if the element or the outside is at fault; ends the attempt
   */
  void write(T element) throws Exception;

  /**
   * Hands everything written so far to the outside, and returns when it is there. The engine calls
   * it before each checkpoint completes, when no element is waiting, and at the end of input;
   * results that a failure finds still in the buffer of a writer that commits nothing would
   * otherwise be lost. A {@link CommittingWriter} has nothing to do here.
   *
   * @throws Exception if the outside did not take them; ends the attempt
   */
  default void flush() throws Exception {}

  /**
   * Releases what the writer holds, and publishes nothing: what was not flushed or committed is
   * dropped. Called also after a failure, and possibly twice.
   */
  @Override
  void close() throws IOException;
}
