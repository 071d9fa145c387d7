package dev.keyling.function;

/** Turns one element into any number of others. */
@FunctionalInterface
public interface FlatMapFunction<I, O> {

  /** Handles one element. */
  void flatMap(I value, Collector<O> out) throws Exception;
}
