package dev.keyling.function;

/** Takes the outputs of a function. Valid only during the call that it was handed to. */
@FunctionalInterface
public interface Collector<T> {

  /** Emits a value, which must not be changed afterwards. */
  void collect(T value);

  /**
   * Emits a value with a timestamp of its own (ms since 1970), instead of that of the element or
   * timer at hand. A collector that keeps no timestamps leaves it out.
   */
  default void collect(T value, long timestamp) {
    collect(value);
  }
}
