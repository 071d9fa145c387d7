package dev.keyling.window;

import dev.keyling.function.Collector;

/** Makes outputs of what a window holds of two sides. Serves all keys, in several threads. */
@FunctionalInterface
public interface CoGroupFunction<L, R, O> {

  /**
   * Called when a window fires that holds anything of either side.
   *
   * @param lefts in the order in which they came; perhaps none
   * @param rights alike
   */
  void coGroup(Iterable<L> lefts, Iterable<R> rights, Collector<O> out) throws Exception;
}
