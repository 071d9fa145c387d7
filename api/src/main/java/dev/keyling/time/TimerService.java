package dev.keyling.time;

/**
 * The clocks and timers of the current key. Times are milliseconds since 1970. There is at most one
 * timer per key, time and domain; timers are stored with the key and fire after a restart too.
 */
public interface TimerService {

  /** Returns the clock's time. */
  long currentProcessingTime();

  /** Returns the step's watermark; {@link Long#MIN_VALUE} before the first. */
  long currentWatermark();

  /** Sets a timer that fires when the clock is at {@code time} or later; at once for the past. */
  void registerProcessingTimeTimer(long time);

  /** Removes such a timer; an unknown one is no error. */
  void deleteProcessingTimeTimer(long time);

  /** Sets a timer that fires with the next advance of the watermark to {@code time} or later. */
  void registerEventTimeTimer(long time);

  /** Removes such a timer; an unknown one is no error. */
  void deleteEventTimeTimer(long time);
}
