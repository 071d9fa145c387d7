package dev.keyling.semantics.world;

import dev.keyling.KeyView;
import dev.keyling.time.TimestampedValue;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What runs the step of one test in a world of actors. What a call did is part of a completed
 * checkpoint when it returns. A call that throws what the step's function threw has left no trace:
 * the attempt is over, and the next call begins another, from the last checkpoint.
 */
public interface Engine {

  /** An element with its time, {@link dev.keyling.kernel.Outputs#NO_TIMESTAMP} if it has none. */
  record Arrival(Object element, long timestamp) {}

  String dataflow();

  int keyGroups();

  /** Handles elements, one behind the other. */
  void elements(List<Arrival> arrivals);

  void watermark(long watermark);

  void end();

  /** Has the timers fire that the clock has reached. */
  void fireTimers(BooleanSupplier noneIsDue);

  /** Takes the outputs of a port since the last time. */
  List<TimestampedValue<Object>> take(int port);

  KeyView view(Object key);

  /** Returns what is stored of the step: states, timers and sweeps of all keys. */
  Collection<Stored> stored();

  /**
   * Goes on from the last checkpoint with fresh functions.
   *
   * @param next the program, which may be another
   * @param meanwhile is done while nothing runs
   */
  void restart(StepUnderTest<?, ?, ?> next, Runnable meanwhile);

  void close();
}
