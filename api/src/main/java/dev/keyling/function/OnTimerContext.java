package dev.keyling.function;

import dev.keyling.time.TimeDomain;

/** A {@link Context} in {@code onTimer}. */
public interface OnTimerContext<K> extends Context<K> {

  /** Returns which clock the timer was set by. */
  TimeDomain timeDomain();
}
