package dev.keyling.window;

/** Never fires. */
enum NeverTrigger implements StandardTrigger {
  NEVER;

  @Override
  public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(Window window, TriggerContext ctx) {}

  @Override
  public void onMerge(Window window, TriggerContext ctx) {}
}
