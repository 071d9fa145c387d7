package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.connector.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What has come together of a checkpoint so far. */
final class CheckpointInProgress {
  final long id;
  final Instant startedAt;
  final List<CompletableFuture<Checkpoint>> callers;
  final boolean last;
  final Map<String, Position> positions = new TreeMap<>();
  final Map<String, Long> generators = new TreeMap<>();
  final Map<String, Long> watermarks = new TreeMap<>();
  final Map<String, byte[]> handles = new TreeMap<>();
  private int awaited;
  long bytes;

  /**
   * Begins a checkpoint.
   *
   * @param awaited answers of sources, generators, steps and sinks
   * @param last whether it is the one after the end of input
   */
  CheckpointInProgress(
      long id,
      Instant startedAt,
      int awaited,
      boolean last,
      List<CompletableFuture<Checkpoint>> callers) {
    this.id = id;
    this.startedAt = startedAt;
    this.awaited = awaited;
    this.last = last;
    this.callers = new ArrayList<>(callers);
  }

  /** One more answer is here; returns whether it was the last. */
  boolean answered() {
    return --awaited == 0;
  }

  void fail(Throwable cause) {
    callers.forEach(caller -> caller.completeExceptionally(cause));
  }
}
