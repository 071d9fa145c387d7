package dev.keyling.window;

import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.StateDescriptor;
import dev.keyling.time.TimerService;

/**
 * What a trigger knows of the window at hand: states that this window of this key has for itself,
 * the clocks, and timers of the window. Valid only during the call.
 */
public interface TriggerContext extends KeyedStateStore {

  /**
   * Returns the clocks, and timers that come to this window's trigger. One in processing time comes
   * when the clock has passed the millisecond that it is set for, so that a window which ends with
   * it gets all of its elements before.
   */
  TimerService timerService();

  /**
   * In {@link Trigger#onMerge}: takes over a state of the windows that have become this one. Lists
   * are concatenated, reducing and aggregating states combined. Elsewhere there is nothing to take.
   *
   * @throws IllegalArgumentException if it is a value or map state
   */
  void mergePartitionedState(StateDescriptor<?> state);
}
