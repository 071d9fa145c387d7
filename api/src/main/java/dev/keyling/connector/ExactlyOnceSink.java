package dev.keyling.connector;

/**
 * A sink that holds each result exactly once, whatever fails: results are staged, and published
 * when the checkpoint they belong to has completed.
 *
 * @param <T> the elements it takes; never null
 */
public non-sealed interface ExactlyOnceSink<T> extends Sink<T> {

  @Override
  CommittingWriter<T> open(String partition) throws Exception;
}
