package dev.keyling;

/** The outputs of a keyed step, still keyed by the key that made them. */
public interface KeyedStep<K, O> extends KeyedStream<K, O> {

  /** Returns what the step's function emits with {@code ctx.output(tag, …)}. */
  <X> DataStream<X> getSideOutput(OutputTag<X> tag);

  /**
   * Returns the elements on which the step's function threw. Taking it means: skip those instead of
   * failing.
   */
  DataStream<DeadLetter> deadLetters();
}
