package dev.keyling.plan;

import dev.keyling.time.TimerService;
import java.util.function.Supplier;

/**
 * The clocks without the timers, for those who have nobody to be called back.
 *
 * @param refusal where this is, why there are no timers, and what to do instead
 */
public record ClocksOnly(TimerService clocks, Supplier<String> refusal) implements TimerService {

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
    return new UnsupportedOperationException(refusal.get());
  }
}
