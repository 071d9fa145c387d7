package dev.keyling.kernel;

import dev.keyling.time.TimerService;

/** The clocks without the timers: what there is where there is no key. */
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
        where
            + ": timers belong to keys, and a broadcast element has none; set and delete them in"
            + " processElement or onTimer");
  }
}
