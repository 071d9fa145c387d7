package dev.keyling.state;

import org.jspecify.annotations.Nullable;

/**
 * One value per key. Semantics of Flink's {@code ValueState}.
 *
 * <p>A value that was handed out can be changed without harm: only {@link #update} changes what is
 * stored.
 */
public interface ValueState<T> extends State {

  /**
   * Returns the stored value, else a fresh copy of the descriptor's default, else null. Reading
   * never writes.
   *
   * @throws IllegalStateException outside an element or timer of the key
   */
  @Nullable T value();

  /**
   * Stores a value; null clears, so that the next {@link #value()} gives the default again.
   *
   * @throws IllegalStateException outside an element or timer of the key
   */
  void update(@Nullable T value);
}
