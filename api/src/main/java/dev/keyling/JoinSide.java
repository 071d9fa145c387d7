package dev.keyling;

/**
 * A keyed stream as a side of a {@link Join}, made by {@link KeyedStream#side}; what its values are
 * read from a {@link JoinRow} with.
 */
public sealed interface JoinSide<K, V> permits PlannedSide {}
