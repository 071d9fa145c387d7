package dev.keyling.window;

/** Fires whenever the clock passes a multiple of the interval. */
record ContinuousProcessingTimeTrigger(long interval) implements StandardTrigger {

  @Override
  public TriggerResult onElement(Object element, long timestamp, Window w, TriggerContext ctx) {
    if (NextFiring.of(ctx) == null) {
      next(ctx.timerService().currentProcessingTime(), w, ctx);
    }
    return TriggerResult.CONTINUE;
  }

  /** The end of the window counts only if it is by the clock, and so yet to come. */
  private void next(long time, Window window, TriggerContext ctx) {
    long end = window.maxTimestamp() > time ? window.maxTimestamp() : Long.MAX_VALUE;
    long next = NextFiring.multipleAfter(time, interval, end);
    NextFiring.set(next, ctx);
    ctx.timerService().registerProcessingTimeTimer(next);
  }

  @Override
  public TriggerResult onProcessingTime(long time, Window window, TriggerContext ctx) {
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
      ctx.timerService().deleteProcessingTimeTimer(next);
      NextFiring.clear(ctx);
    }
  }

  @Override
  public void onMerge(Window window, TriggerContext ctx) {
    NextFiring.merge(ctx);
    Long next = NextFiring.of(ctx);
    if (next != null) {
      ctx.timerService().registerProcessingTimeTimer(next);
    }
  }
}
