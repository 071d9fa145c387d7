package dev.keyling.window;

import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.List;

/**
 * Takes elements out of a window when it fires. What it takes out is gone for later firings too.
 * One object serves all windows of all keys, in several threads, and keeps no state.
 *
 * @param <T> of the elements
 */
public interface Evictor<T, W extends Window> {

  /** Takes elements out before the window function gets them. */
  default void evictBefore(List<TimestampedValue<T>> elements, W window) {}

  /** Takes elements out after the window function has got them. */
  default void evictAfter(List<TimestampedValue<T>> elements, W window) {}

  /**
   * Keeps the elements that came last, before the window function gets them.
   *
   * @param newest how many; 1 or more
   */
  static <T> Evictor<T, Window> count(long newest) {
    return new NewestByCount<>(newest);
  }

  /**
   * Keeps the elements younger than the youngest less this, before the window function gets them.
   * Keeps all if the first has no timestamp.
   *
   * @param newest 1 ms or more
   */
  static <T> Evictor<T, Window> time(Duration newest) {
    return new NewestByTime<>(Millis.positive("the time of an evictor", newest));
  }
}
