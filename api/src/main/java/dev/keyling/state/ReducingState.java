package dev.keyling.state;

import org.jspecify.annotations.Nullable;

/** One value per key into which every added one is reduced. Semantics of Flink's. */
public interface ReducingState<T> extends State {

  /** Returns the reduced value, or null when nothing was added. */
  @Nullable T get();

  /**
   * Adds a value: the first is stored untouched, a later one is reduced with what is stored; null
   * clears. If the reduce function throws, nothing has changed; a checked exception comes as the
   * cause of a {@link StateFunctionException}.
   */
  void add(@Nullable T value);
}
