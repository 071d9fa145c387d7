package dev.keyling.function;

/** Takes the outputs of a function. Valid only during the call that it was handed to. */
@FunctionalInterface
public interface Collector<T> {

  /** Emits a value, which must not be changed afterwards. */
  void collect(T value);
}
