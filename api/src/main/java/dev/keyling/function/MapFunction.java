package dev.keyling.function;

/** Turns one element into another. */
@FunctionalInterface
public interface MapFunction<I, O> {

  /** Returns the output for the element; not null. */
  O map(I value) throws Exception;
}
