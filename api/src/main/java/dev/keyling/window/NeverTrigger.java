package dev.keyling.window;

/** Never fires. */
enum NeverTrigger implements Trigger<Object, Window> {
  NEVER;

  @Override
  public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, Window window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  public void clear(Window window, TriggerContext ctx) {}

  @Override
  public void onMerge(Window window, TriggerContext ctx) {}
}
