package dev.keyling.persistence;

/**
 * One stretch of valid history: the checkpoints of one attempt that count, {@code (from, to]}.
 *
 * @param attempt the attempt that made them
 * @param from the last id before the segment; the checkpoint the attempt started from or later
 * @param to the last id of the segment; equal to {@code from} when nothing was completed yet
 */
public record Segment(int attempt, long from, long to) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if the segment ends before it starts
   */
  public Segment {
    if (to < from) {
      throw new IllegalArgumentException(
          "segment ends before it starts: (" + from + ", " + to + "]");
    }
  }

  /** Tells whether the id lies in this segment. */
  public boolean contains(long id) {
    return from < id && id <= to;
  }
}
