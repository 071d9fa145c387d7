package dev.keyling.actors;

import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.persistence.GroupAddress;
import java.util.HashMap;
import java.util.Map;

/** Tells what is meant for this life of a key group, and whether a batch before it was lost. */
final class Fence {
  private final GroupAddress group;
  private final Stamp life;
  private final boolean embedded;
  private final Map<Integer, Long> sequences = new HashMap<>();

  Fence(GroupAddress group, Stamp life, boolean embedded) {
    this.group = group;
    this.life = life;
    this.embedded = embedded;
  }

  /** Tells whether this comes from another attempt, or is meant for another life. */
  boolean isForeign(Stamp stamp) {
    return stamp.attempt() != life.attempt()
        || (!embedded && stamp.incarnation() != life.incarnation());
  }

  /**
   * Counts a batch.
   *
   * @throws IllegalStateException if it is not the one that follows the lane's last
   */
  void count(Batch batch) {
    long expected = embedded ? batch.sequence() : sequences.merge(batch.lane(), 1L, Long::sum) - 1;
    if (batch.sequence() != expected) {
      throw new IllegalStateException(
          "key group %s: batch %d of lane %d came instead of %d: one was lost"
              .formatted(group, batch.sequence(), batch.lane(), expected));
    }
  }
}
