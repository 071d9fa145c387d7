package dev.keyling.state;

import java.util.List;

/**
 * A list per key, in insertion order, duplicates allowed. Semantics of Flink's {@code ListState}.
 */
public interface ListState<T> extends State {

  /** Returns the elements as they are now; empty, never null. Later changes do not show in it. */
  Iterable<T> get();

  /**
   * Appends an element.
   *
   * @throws NullPointerException if it is null; nothing has changed then
   */
  void add(T value);

  /**
   * Appends all elements; an empty list changes nothing.
   *
   * @throws NullPointerException if the list or an element is null; nothing has changed then
   */
  void addAll(List<? extends T> values);

  /**
   * Replaces the list; an empty one clears.
   *
   * @throws NullPointerException if the list or an element is null; nothing has changed then
   */
  void update(List<? extends T> values);
}
