package dev.keyling.connector;

/**
 * What an {@link IdempotentSink} opens: it receives an id with each element.
 *
 * @param <T> the elements; never null
 */
public interface IdempotentWriter<T> extends SinkWriter<T> {

  /**
   * Takes one element. Writing an id again must leave the outside as writing it once.
   *
   * @param outputId names this output of the dataflow: no other output has it, and an output that
   *     is computed again after a restart has the same
   * @throws Exception if the element or the outside is at fault; ends the attempt
   */
  void write(String outputId, T element) throws Exception;

  /** Never called by the engine: without an id an element could not be told from its repetition. */
  @Override
  default void write(T element) {
    throw new UnsupportedOperationException(
        "an idempotent writer takes an output id with each element: write(outputId, element)");
  }
}
