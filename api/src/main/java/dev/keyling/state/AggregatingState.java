package dev.keyling.state;

import org.jspecify.annotations.Nullable;

/** An accumulator per key, fed with one type and read as another. Semantics of Flink's. */
public interface AggregatingState<IN, OUT> extends State {

  /**
   * Returns the result of the accumulator, or null (not an empty result) when nothing was added.
   */
  @Nullable OUT get();

  /** Adds a value to the accumulator, which the first one creates; null clears. */
  void add(@Nullable IN value);
}
