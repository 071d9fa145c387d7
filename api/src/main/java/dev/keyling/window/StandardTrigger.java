package dev.keyling.window;

/** A trigger for any window that heeds only those times that it says something of. */
interface StandardTrigger extends Trigger<Object, Window> {

  @Override
  default TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }

  @Override
  default TriggerResult onProcessingTime(long time, Window window, TriggerContext ctx) {
    return TriggerResult.CONTINUE;
  }
}
