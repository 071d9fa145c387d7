package dev.keyling.sharding.job;

import dev.keyling.checkpoint.CheckpointStatistics;
import dev.keyling.checkpoint.CheckpointStatistics.Ended;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Counts the checkpoints of a run. Thread-safe. */
public final class CheckpointTally {
  private final Deque<Ended> newest = new ArrayDeque<>();
  private long triggered;
  private long completed;
  private long failed;

  synchronized void triggered() {
    triggered++;
  }

  synchronized void ended(Ended checkpoint) {
    if (checkpoint.failure() == null) {
      completed++;
    } else {
      failed++;
    }
    newest.addFirst(checkpoint);
    if (newest.size() > CheckpointStatistics.DETAILED) {
      newest.removeLast();
    }
  }

  /** Returns what is counted so far. */
  public synchronized CheckpointStatistics statistics() {
    return new CheckpointStatistics(triggered, completed, failed, List.copyOf(newest));
  }
}
