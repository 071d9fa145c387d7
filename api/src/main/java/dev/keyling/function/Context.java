package dev.keyling.function;

import dev.keyling.OutputTag;
import dev.keyling.time.TimerService;
import org.jspecify.annotations.Nullable;

/** What a function knows about the element or timer at hand. Valid only during the call. */
public interface Context<K> {

  /** Returns the key. */
  K getCurrentKey();

  /** Returns the timestamp of the element (ms since 1970) or null; in a timer the timer's time. */
  @Nullable Long timestamp();

  /** Returns the clocks and timers of the key. */
  TimerService timerService();

  /**
   * Emits a value on a side output, with the timestamp of the element or timer. Nobody listening
   * means that it is dropped.
   *
   * @throws IllegalArgumentException if the tag is null
   */
  <X> void output(OutputTag<X> tag, X value);

  /**
   * Emits a value on a side output with a timestamp of its own (ms since 1970). A context that
   * keeps no timestamps leaves it out.
   *
   * @throws IllegalArgumentException if the tag is null
   */
  default <X> void output(OutputTag<X> tag, X value, long timestamp) {
    output(tag, value);
  }
}
