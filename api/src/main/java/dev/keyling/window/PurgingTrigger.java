package dev.keyling.window;

/** Another trigger, with the elements dropped whenever it fires. */
record PurgingTrigger<T, W extends Window>(Trigger<T, W> trigger) implements Trigger<T, W> {

  private static TriggerResult purged(TriggerResult result) {
    return result.isFire() ? TriggerResult.FIRE_AND_PURGE : result;
  }

  @Override
  public TriggerResult onElement(T element, long timestamp, W window, TriggerContext ctx)
      throws Exception {
    return purged(trigger.onElement(element, timestamp, window, ctx));
  }

  @Override
  public TriggerResult onEventTime(long time, W window, TriggerContext ctx) throws Exception {
    return purged(trigger.onEventTime(time, window, ctx));
  }

  @Override
  public TriggerResult onProcessingTime(long time, W window, TriggerContext ctx) throws Exception {
    return purged(trigger.onProcessingTime(time, window, ctx));
  }

  @Override
  public void clear(W window, TriggerContext ctx) throws Exception {
    trigger.clear(window, ctx);
  }

  @Override
  public void onMerge(W window, TriggerContext ctx) throws Exception {
    trigger.onMerge(window, ctx);
  }

  @Override
  public boolean canMerge() {
    return trigger.canMerge();
  }

  @Override
  public Trigger<T, W> purging() {
    return this;
  }
}
