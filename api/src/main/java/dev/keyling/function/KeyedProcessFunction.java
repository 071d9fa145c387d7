package dev.keyling.function;

import dev.keyling.state.ExpiredEntry;
import java.util.List;

/**
 * What happens to one key: the primitive that every keyed operator is made of. One object per key;
 * its states are final fields, taken from the {@link RuntimeContext} in the constructor. Called by
 * one thread at a time, elements and timers never concurrently.
 *
 * <p>What the function keeps in plain fields is forgotten when the key goes to sleep.
 *
 * <p>If a call throws, everything that it did to states, timers and outputs is undone, and the
 * step's error policy decides.
 */
@FunctionalInterface
public interface KeyedProcessFunction<K, I, O> extends AutoCloseable {

  /** Handles one element of the key. */
  void processElement(I value, Context<K> ctx, Collector<O> out) throws Exception;

  /**
   * Handles elements of the key that came together, in their order. A function that overrides this
   * gets all its elements here, a single one too; how many come together is chance, and not the
   * same after a restart. They are one turn: if the call throws, all of them are undone, and if the
   * step skips, each becomes a dead letter. The timestamp is that of the last one. An embedded step
   * gets one at a time, since each has an answer of its own.
   *
   * @param values one or more; cannot be changed
   */
  default void processElements(List<I> values, Context<K> ctx, Collector<O> out) throws Exception {
    for (I value : values) {
      processElement(value, ctx, out);
    }
  }

  /** Handles a timer that is due; {@code timestamp} is the time it was set for. */
  default void onTimer(long timestamp, OnTimerContext<K> ctx, Collector<O> out) throws Exception {}

  /**
   * Called once for every key that holds state or timers, sleeping ones included, when all inputs
   * of the step have ended and all event timers have fired; within a key group in key order. Called
   * again when a later run of the same job, with more input, ends; not again because the job goes
   * on from a checkpoint behind the end.
   */
  default void onEndOfInput(Context<K> ctx, Collector<O> out) throws Exception {}

  /**
   * Called for each entry that was removed because its time to live had passed: by the sweep, which
   * finds those that nobody touches, or at the end of the turn of the element or timer that came
   * upon it. It may change states and emit; what is emitted by a sweep has no timestamp in
   * processing time, and the time of the sweep in event time.
   */
  default void onExpired(ExpiredEntry expired, Context<K> ctx, Collector<O> out) throws Exception {}

  /** Called when the object is let go; not when the process is killed. */
  @Override
  default void close() {}
}
