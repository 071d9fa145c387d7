package dev.keyling.window;

/** Elements that belong together: those of a span of time, or all of a key. */
public sealed interface Window permits TimeWindow, GlobalWindow {

  /** Returns the last millisecond (since 1970) that belongs to the window. */
  long maxTimestamp();
}
