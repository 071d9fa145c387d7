package dev.keyling.window;

import dev.keyling.time.TimeDomain;
import java.util.Collection;
import java.util.List;

/** One window for all elements of a key. By the clock, so that nothing is ever late. */
enum GlobalWindows implements WindowAssigner<Object, GlobalWindow> {
  ALL;

  private static final List<GlobalWindow> WINDOWS = List.of(new GlobalWindow());

  @Override
  public Collection<GlobalWindow> assignWindows(Object element, long timestamp) {
    return WINDOWS;
  }

  @Override
  public Trigger<Object, Window> defaultTrigger() {
    return NeverTrigger.NEVER;
  }

  @Override
  public TimeDomain timeDomain() {
    return TimeDomain.PROCESSING_TIME;
  }
}
