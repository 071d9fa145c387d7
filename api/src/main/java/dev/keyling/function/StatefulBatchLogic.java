package dev.keyling.function;

import java.util.List;

/**
 * What happens to one key, as {@link StatefulLogic} says, for all elements at once that came
 * together: where it costs less to handle some than to handle each.
 *
 * @param <V> the elements
 * @param <W> what is emitted
 * @param <S> what is stored
 */
public interface StatefulBatchLogic<V, W, S> extends KeyLogic<W, S> {

  /**
   * Handles elements in their order; returns RETAIN or DISCARD. How many come together is chance,
   * and not the same after a restart. What is emitted has the timestamp of the last one.
   *
   * @param values one or more; cannot be changed
   */
  boolean onBatch(List<V> values, Collector<W> out) throws Exception;
}
