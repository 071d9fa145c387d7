package dev.keyling.window;

/** What of a windowing cannot work, and is refused when the dataflow is written. */
final class Refusals {
  private Refusals() {}

  /**
   * @throws IllegalArgumentException naming the step
   */
  static void check(Windowing<?, ?, ?> windowing, String where) {
    if (windowing.assigner().merges() && !windowing.trigger().canMerge()) {
      throw new IllegalArgumentException(
          "%s has windows that merge and the trigger %s, which cannot: it needs a method onMerge"
              .formatted(where, windowing.trigger()));
    }
    if (windowing.lateness() > 0 && !windowing.inEventTime()) {
      throw new IllegalArgumentException(
          "%s allows lateness, but has windows in which no element is ever late; leave it out, or take windows in event time"
              .formatted(where));
    }
  }

  /**
   * @throws IllegalArgumentException if there is an evictor, where no elements are stored
   */
  static void checkNoEvictor(Windowing<?, ?, ?> windowing, String where) {
    if (windowing.evictor() != null) {
      throw new IllegalArgumentException(
          "%s has an evictor, which needs the elements, and aggregate stores none; use process"
              .formatted(where));
    }
  }
}
