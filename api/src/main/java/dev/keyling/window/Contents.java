package dev.keyling.window;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateDescriptor;
import java.util.List;

/**
 * What windows hold of their elements, and what a window function gets of it. Serves all windows of
 * all keys.
 */
interface Contents<T, I, W extends Window> {

  /** Takes what a window holds. */
  interface Taker<I> {
    void take(Iterable<I> elements) throws Exception;
  }

  /**
   * @param timestamp {@link Long#MIN_VALUE} if the element has none
   */
  void add(KeyedStateStore pane, T value, long timestamp);

  /** Hands over what the window holds; nothing if it holds nothing. */
  void fire(KeyedStateStore pane, W window, Taker<I> taker) throws Exception;

  void clear(KeyedStateStore pane);

  /** Returns what is to be merged when windows are. */
  List<? extends StateDescriptor<?>> states();
}
