package dev.keyling.window;

import dev.keyling.time.TimerService;

/** The clocks without the timers. */
record ClocksOnly(TimerService clocks, String where) implements TimerService {

  @Override
  public long currentProcessingTime() {
    return clocks.currentProcessingTime();
  }

  @Override
  public long currentWatermark() {
    return clocks.currentWatermark();
  }

  @Override
  public void registerProcessingTimeTimer(long time) {
    throw refused();
  }

  @Override
  public void deleteProcessingTimeTimer(long time) {
    throw refused();
  }

  @Override
  public void registerEventTimeTimer(long time) {
    throw refused();
  }

  @Override
  public void deleteEventTimeTimer(long time) {
    throw refused();
  }

  private UnsupportedOperationException refused() {
    return new UnsupportedOperationException(
        where + ": a window function has no onTimer, so set timers in the trigger of the window");
  }
}
