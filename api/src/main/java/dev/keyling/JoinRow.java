package dev.keyling;

import org.jspecify.annotations.Nullable;

/** What a {@link Join} emits: at most one value of each of its sides. Immutable. */
public interface JoinRow {

  /**
   * Returns the value of a side; null if it has none.
   *
   * @throws IllegalArgumentException if the row is of a join that does not have the side
   */
  <V> @Nullable V get(JoinSide<?, V> side);
}
