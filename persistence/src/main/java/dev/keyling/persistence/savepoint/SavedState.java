package dev.keyling.persistence.savepoint;

import java.util.Comparator;

/**
 * A state that some key of a step holds.
 *
 * @param kind in words, such as {@code MapState}
 */
public record SavedState(String name, String kind) implements Comparable<SavedState> {
  private static final Comparator<SavedState> ORDER =
      Comparator.comparing(SavedState::name).thenComparing(SavedState::kind);

  @Override
  public int compareTo(SavedState other) {
    return ORDER.compare(this, other);
  }
}
