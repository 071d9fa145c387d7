package dev.keyling.connector;

/**
 * Where results go. The kind of sink says what a restart does to results that were already written:
 *
 * <ul>
 *   <li>{@link ExactlyOnceSink}: each result is there once; visible when its checkpoint completes
 *   <li>{@link IdempotentSink}: written again under the same id, so the outside keeps one; visible
 *       at once
 *   <li>{@link AtLeastOnceSink}: written again; visible at once
 * </ul>
 *
 * <p>A sink object is part of the dataflow's description: immutable, opens nothing by itself, may
 * be used by several threads and run several times.
 *
 * @param <T> the elements it takes; never null
 */
public sealed interface Sink<T> permits ExactlyOnceSink, IdempotentSink, AtLeastOnceSink {

  /**
   * Opens a writer. The engine calls it when an attempt starts, after it has closed the writer of
   * the attempt before.
   *
   * @param partition which writer of this sink: the same name after every restart
   * @throws Exception if it cannot be opened; ends the attempt
   */
  SinkWriter<T> open(String partition) throws Exception;
}
