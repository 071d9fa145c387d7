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
  private final Map<Integer, Long> merged = new HashMap<>();
  private Map<Integer, Long> cut = Map.of();

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

  /** What a batch changed is taken over. */
  void merged(Batch batch) {
    merged.put(batch.lane(), batch.sequence() + 1);
  }

  /** A commit ends here. */
  void cut() {
    cut = Map.copyOf(merged);
  }

  /** Returns, by lane, how many batches were taken over when the newest commit ended. */
  Map<Integer, Long> atCut() {
    return cut;
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
