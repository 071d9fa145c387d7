package dev.keyling.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run, over all its attempts, as they are at one moment. Cuts of savepoints
 * count too.
 *
 * @param triggered those that began
 * @param completed those of them that are complete
 * @param failed those of them that are given up: too late, declined, not kept, subsumed, or ended
 *     with their attempt
 * @param newest the last {@value #DETAILED} that ended, the newest first
 */
public record CheckpointStatistics(
    long triggered, long completed, long failed, List<Ended> newest) {
  /** Of so many the details are known. */
  public static final int DETAILED = 10;

  /** Copies the list. */
  public CheckpointStatistics {
    newest = List.copyOf(newest);
  }

  /** Returns how many are neither complete nor given up. */
  public long inProgress() {
    return triggered - completed - failed;
  }

  /**
   * A checkpoint that has ended.
   *
   * @param took from its trigger to its end
   * @param bytes what it added to the journal
   * @param keys how many keys it changed; partitions of an operator are keys, and so is a broadcast
   *     state in each key group
   * @param alignment the longest time for which a keyed step held lanes that were at the marker
   *     until all were
   * @param failure why it was given up; null: it is complete
   */
  public record Ended(
      long id,
      Instant triggeredAt,
      Duration took,
      long bytes,
      long keys,
      Duration alignment,
      @Nullable String failure) {}
}
