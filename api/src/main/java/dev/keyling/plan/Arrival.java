package dev.keyling.plan;

/** An element of a step with several inputs, and which one it came from. Users never see it. */
public sealed interface Arrival {

  /** Returns the user's element. */
  Object value();

  /** Returns the user's element of what a step was given: without the input it came from. */
  static Object unwrapped(Object element) {
    return element instanceof Arrival arrival ? arrival.value() : element;
  }

  /**
   * Of one of several keyed streams.
   *
   * @param input which one, from 0
   */
  record Numbered(int input, Object value) implements Arrival {}

  /** Of a broadcast stream: for every key group. */
  record Broadcasted(Object value) implements Arrival {}
}
