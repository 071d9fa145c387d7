package dev.keyling.function;

import java.time.Instant;
import java.util.Optional;

/**
 * What logics of one key have in common, whether they take elements one by one ({@link
 * StatefulLogic}) or in batches. Semantics of Bytewax's.
 *
 * <p>A logic is made when its key gets the first element, and again from its last snapshot when the
 * key has slept, after a restart, and after a call that threw. So what {@link #snapshot} leaves out
 * is lost now and then. Called by one thread at a time.
 */
public interface KeyLogic<W, S> {

  /** Answers that the logic goes on. */
  boolean RETAIN = false;

  /** Answers that the logic and its state are done with; the next element makes another. */
  boolean DISCARD = true;

  /** Called when the time that {@link #notifyAt} gave has come; returns RETAIN or DISCARD. */
  default boolean onNotify(Collector<W> out) throws Exception {
    return RETAIN;
  }

  /** Called when the input has ended; returns RETAIN, for a later run to go on, or DISCARD. */
  default boolean onEof(Collector<W> out) throws Exception {
    return RETAIN;
  }

  /**
   * Returns when to be notified, by the clock; the past means at once. Asked after every other call
   * that is retained, and after the logic was made from a snapshot. Each answer takes the place of
   * the one before, empty cancels it; but a time that has come is notified of, even if it is asked
   * for anew when the key wakes. A key is notified once for each time.
   */
  default Optional<Instant> notifyAt() {
    return Optional.empty();
  }

  /**
   * Returns what another logic can be made of, never null. Asked after every call that is retained;
   * it is stored before the call counts as done.
   */
  S snapshot();
}
