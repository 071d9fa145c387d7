package dev.keyling.window;

/** Fires when the watermark passes the end of the window. */
enum EventTimeTrigger implements StandardTrigger {
  AT_END;

  @Override
  public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
    if (isOver(w, ctx)) {
      return TriggerResult.FIRE;
    }
    ctx.timerService().registerEventTimeTimer(w.maxTimestamp());
    return TriggerResult.CONTINUE;
  }

  private static boolean isOver(Window window, TriggerContext ctx) {
    return window.maxTimestamp() <= ctx.timerService().currentWatermark();
  }

  @Override
  public TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
    return time == window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE;
  }

  @Override
  public void clear(Window window, TriggerContext ctx) {
    ctx.timerService().deleteEventTimeTimer(window.maxTimestamp());
  }

  /** A window that is over fires by its element; a timer would have it fire twice. */
  @Override
  public void onMerge(Window window, TriggerContext ctx) {
    if (!isOver(window, ctx)) {
      ctx.timerService().registerEventTimeTimer(window.maxTimestamp());
    }
  }
}
