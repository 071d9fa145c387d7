package dev.keyling.window;

import dev.keyling.time.TimeDomain;
import dev.keyling.time.TimerService;

/** The clocks of a key, and timers that know their window. */
record TimersOfWindow(WindowTimers timers, TimerService ofKey, Window window)
    implements TimerService {

  @Override
  public long currentProcessingTime() {
    return ofKey.currentProcessingTime();
  }

  @Override
  public long currentWatermark() {
    return ofKey.currentWatermark();
  }

  @Override
  public void registerProcessingTimeTimer(long time) {
    timers.register(TimeDomain.PROCESSING_TIME, time, window, ofKey);
  }

  @Override
  public void deleteProcessingTimeTimer(long time) {
    timers.delete(TimeDomain.PROCESSING_TIME, time, window, ofKey);
  }

  @Override
  public void registerEventTimeTimer(long time) {
    timers.register(TimeDomain.EVENT_TIME, time, window, ofKey);
  }

  @Override
  public void deleteEventTimeTimer(long time) {
    timers.delete(TimeDomain.EVENT_TIME, time, window, ofKey);
  }
}
