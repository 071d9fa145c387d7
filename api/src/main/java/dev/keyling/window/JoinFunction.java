package dev.keyling.window;

/** Makes one output of two elements. Serves all keys, in several threads. */
@FunctionalInterface
public interface JoinFunction<L, R, O> {

  /** Returns what the pair gives; not null. */
  O join(L left, R right) throws Exception;
}
