package dev.keyling.window;

/** Fires whenever the watermark passes a multiple of the interval, and at the end. */
record ContinuousEventTimeTrigger(long interval) implements StandardTrigger {

  @Override
  public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
    if (w.maxTimestamp() <= ctx.timerService().currentWatermark()) {
      return TriggerResult.FIRE;
    }
    ctx.timerService().registerEventTimeTimer(w.maxTimestamp());
    if (timestamp != Long.MIN_VALUE && NextFiring.of(ctx) == null) {
      next(timestamp, w, ctx);
    }
    return TriggerResult.CONTINUE;
  }

  /** At the end of input nothing comes between this time and the last. */
  private void next(long time, Window window, TriggerContext ctx) {
    boolean ended = ctx.timerService().currentWatermark() == Long.MAX_VALUE;
    long end = window.maxTimestamp();
    long next = ended ? end : NextFiring.multipleAfter(time, interval, end);
    NextFiring.set(next, ctx);
    ctx.timerService().registerEventTimeTimer(next);
  }

  @Override
  public TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
    if (time == window.maxTimestamp()) {
      return TriggerResult.FIRE;
    }
    if (!NextFiring.take(time, ctx)) {
      return TriggerResult.CONTINUE;
    }
    next(time, window, ctx);
    return TriggerResult.FIRE;
  }

  @Override
  public void clear(Window window, TriggerContext ctx) {
    Long next = NextFiring.of(ctx);
    if (next != null) {
      ctx.timerService().deleteEventTimeTimer(next);
      NextFiring.clear(ctx);
    }
    ctx.timerService().deleteEventTimeTimer(window.maxTimestamp());
  }

  @Override
  public void onMerge(Window window, TriggerContext ctx) {
    NextFiring.merge(ctx);
    Long next = NextFiring.of(ctx);
    if (next != null) {
      ctx.timerService().registerEventTimeTimer(next);
    }
  }
}
