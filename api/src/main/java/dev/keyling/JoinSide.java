package dev.keyling;

/**
 * A keyed stream as a side of a {@link Join}, made by {@link KeyedStream#side}; what its values are
 * read from a {@link JoinRow} with.
 */
public sealed interface JoinSide<K, V> permits PlannedSide {

  /**
   * Returns the tag under which a {@link Join#window} emits those elements of this side that come
   * too late for all of their windows: {@code step.getSideOutput(side.late())}.
   */
  OutputTag<V> late();
}
