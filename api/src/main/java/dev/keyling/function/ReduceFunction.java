package dev.keyling.function;

/** Combines two values into one of the same type, without changing either. */
@FunctionalInterface
public interface ReduceFunction<T> {

  /** Returns the combination of the earlier value {@code a} and the later {@code b}. */
  T reduce(T a, T b) throws Exception;
}
