package dev.keyling.function;

/**
 * What happens to one key, as an object with fields of its own that says what of it is to be
 * stored.
 *
 * @param <V> the elements
 * @param <W> what is emitted
 * @param <S> what is stored
 */
public interface StatefulLogic<V, W, S> extends KeyLogic<W, S> {

  /** Handles one element; returns RETAIN or DISCARD. */
  boolean onItem(V value, Collector<W> out) throws Exception;
}
