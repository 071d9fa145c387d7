package dev.keyling.window;

import dev.keyling.function.Collector;

/**
 * Makes outputs of what a window holds. One object per key, made with the key's {@code
 * RuntimeContext}; states taken from that are the key's, in all its windows.
 *
 * @param <I> the elements; or the one result, behind a reduce or aggregate
 */
@FunctionalInterface
public interface ProcessWindowFunction<K, I, O, W extends Window> extends AutoCloseable {

  /**
   * Called when the window fires. What is emitted has the last timestamp that belongs to the
   * window; in a global window that of the element or timer that made it fire.
   *
   * @param elements in the order in which they were added; valid only during the call
   */
  void process(K key, WindowContext<W> ctx, Iterable<I> elements, Collector<O> out)
      throws Exception;

  /** Called when the window is over: what is in its {@link WindowContext#windowState} must go. */
  default void clear(WindowContext<W> ctx) throws Exception {}

  /** Called when the object is let go; not when the process is killed. */
  @Override
  default void close() {}
}
