package dev.keyling.connector;

/**
 * A sink to an outside that keeps one result per id, such as an upsert into a table or a message
 * queue that drops duplicates. It need not stage anything: the engine keeps the outputs of a
 * checkpoint with the checkpoint, which gives each its id, and has them written when it has
 * completed; after a crash those are written again that may not have been, under the same ids.
 *
 * <p>So an output is seen once, as with an {@link ExactlyOnceSink}, and as late. Outputs are stored
 * for that: the type of the elements is declared before the sink ({@code DataStream.returns}), and
 * a checkpoint grows by the outputs since the one before.
 *
 * @param <T> the elements it takes; never null
 */
public non-sealed interface IdempotentSink<T> extends Sink<T> {

  @Override
  IdempotentWriter<T> open(String partition) throws Exception;
}
