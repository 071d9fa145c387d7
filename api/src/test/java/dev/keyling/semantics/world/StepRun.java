package dev.keyling.semantics.world;

import dev.keyling.DeadLetter;
import dev.keyling.KeyView;
import dev.keyling.OutputTag;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.List;

/**
 * A step that runs in some world, as its test sees it. The methods mean what those of {@link
 * dev.keyling.testing.KeyedTestHarness} mean, with one reservation: there is no order between the
 * outputs of different keys. What a call did is durable when it returns. When the function throws,
 * the call throws {@link dev.keyling.kernel.StepFailure}, the step is as it was before the call,
 * and the run can go on.
 */
public interface StepRun<K, I, O> extends AutoCloseable {

  /** Returns the name of the dataflow that the step is in. */
  String dataflow();

  int keyGroups();

  /** Handles an element without a timestamp. */
  void processElement(I element);

  void processElement(I element, long timestamp);

  /**
   * Handles elements, on one of which the function throws; then the step is as it was before the
   * first of them.
   *
   * @throws dev.keyling.kernel.StepFailure always, if the test is right
   */
  void rollBack(List<I> elements);

  /** Moves the clock from timer to timer, up to a time in ms since 1970. */
  void setProcessingTime(long time);

  void advanceProcessingTime(Duration by);

  void processWatermark(long watermark);

  /** Ends the input. Afterwards only outputs can be taken. */
  void endInput();

  /** Takes the outputs since the last time; those of one key are in order. */
  List<O> takeOutput();

  /** Takes the outputs as {@link #takeOutput} does, if the step is made with timestamps. */
  List<TimestampedValue<O>> takeTimestampedOutput();

  /** Takes what came on a side output that the step is made with. */
  <X> List<X> takeSideOutput(OutputTag<X> tag);

  List<DeadLetter> takeDeadLetters();

  KeyView view(K key);

  /** Returns the number of state entries of all keys: one per map entry, else one per state. */
  int numKeyedStateEntries();

  /** Tells whether no trace of any key is stored. */
  boolean storesNothing();

  int numProcessingTimeTimers();

  int numEventTimeTimers();

  /** Ends all functions, and goes on with fresh ones from what is stored. */
  void restart();

  /** Restarts; the clock goes on meanwhile, and what is overdue then fires. */
  void restart(Duration downtime);

  /** Restarts with another program, which goes on with what is stored; this run is over. */
  <J, P> StepRun<K, J, P> restartAs(StepUnderTest<K, J, P> other);

  @Override
  void close();
}
