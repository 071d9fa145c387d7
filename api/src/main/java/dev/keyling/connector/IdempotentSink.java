package dev.keyling.connector;

/**
 * A sink to an outside that keeps one result per id, such as an upsert into a table. After a
 * restart, results written since the last completed checkpoint are written again under the same
 * ids.
 *
 * <p><b>Not run yet:</b> only the test harness takes it. Outputs have no ids that stay the same
 * over a restart, so a job with such a sink is refused with {@link IllegalArgumentException}. Use
 * an {@link ExactlyOnceSink}, or an {@link AtLeastOnceSink} that writes by a key which the element
 * itself carries.
 *
 * @param <T> the elements it takes; never null
 */
public non-sealed interface IdempotentSink<T> extends Sink<T> {

  @Override
  IdempotentWriter<T> open(String partition) throws Exception;
}
