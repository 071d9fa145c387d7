package dev.keyling.window;

/** Fires when the clock passes the end of the window. */
enum ProcessingTimeTrigger implements StandardTrigger {
  AT_END;

  @Override
  public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
    ctx.timerService().registerProcessingTimeTimer(w.maxTimestamp());
    return TriggerResult.CONTINUE;
  }

  @Override
  public TriggerResult onProcessingTime(long time, Window window, TriggerContext ctx) {
    return TriggerResult.FIRE;
  }

  @Override
  public void clear(Window window, TriggerContext ctx) {
    ctx.timerService().deleteProcessingTimeTimer(window.maxTimestamp());
  }

  @Override
  public void onMerge(Window window, TriggerContext ctx) {
    ctx.timerService().registerProcessingTimeTimer(window.maxTimestamp());
  }
}
