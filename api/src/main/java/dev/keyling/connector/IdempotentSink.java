package dev.keyling.connector;

/**
 * A sink to an outside that keeps one result per id, such as an upsert into a table. After a
 * restart, results written since the last completed checkpoint are written again under the same
 * ids.
 *
 * @param <T> the elements it takes; never null
 */
public non-sealed interface IdempotentSink<T> extends Sink<T> {

  @Override
  IdempotentWriter<T> open(String partition) throws Exception;
}
