package dev.keyling.window;

import dev.keyling.time.TimeDomain;
import java.util.Collection;

/**
 * Says which windows an element belongs to. {@link Windows} has the usual ones. Called by several
 * threads; keeps no state.
 *
 * @param <T> of the elements
 */
public interface WindowAssigner<T, W extends Window> {

  /**
   * Returns the windows of an element; none drops it.
   *
   * @param timestamp in event time that of the element, in processing time what the clock says, in
   *     ms since 1970
   */
  Collection<W> assignWindows(T element, long timestamp);

  /** Returns what says when windows fire, if the program does not. */
  Trigger<? super T, ? super W> defaultTrigger();

  /**
   * Returns the clock by which windows end. In event time every element must have a timestamp, and
   * one whose windows have all ended is late.
   */
  TimeDomain timeDomain();

  /** Tells whether time windows of a key that touch become one, as sessions do. */
  default boolean merges() {
    return false;
  }
}
