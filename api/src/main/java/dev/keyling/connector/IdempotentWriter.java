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
   * @param outputId names this output of the sink: no other output ever has it, and when it is
   *     written again after a crash it has the same, as has the element
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
