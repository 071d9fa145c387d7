package dev.keyling.window;

import dev.keyling.OutputTag;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.time.TimerService;

/** What a window function knows of the window at hand. Valid only during the call. */
public interface WindowContext<W extends Window> {

  /** Returns the window. */
  W window();

  /** Returns the clocks; setting timers is refused, since a trigger is what has them. */
  TimerService timerService();

  /**
   * Returns states that this window of this key has for itself, for what is to be known in its next
   * firing. {@link ProcessWindowFunction#clear} must clear them.
   *
   * @throws UnsupportedOperationException if windows merge, as sessions do
   */
  KeyedStateStore windowState();

  /** Returns the states of the key, in all its windows. */
  KeyedStateStore globalState();

  /** Emits a value on a side output, with the timestamp that outputs of the window have. */
  <X> void output(OutputTag<X> tag, X value);
}
