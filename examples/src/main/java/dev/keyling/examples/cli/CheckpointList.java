package dev.keyling.examples.cli;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.persistence.Segment;
import dev.keyling.sharding.job.OfflineJob;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a job.
 *
 * @param attempt the newest
 * @param newest id of the newest completed checkpoint; null if none has completed
 * @param counted what counts, oldest first
 * @param retained what can be restored, oldest first
 */
record CheckpointList(
    String dataflow,
    int attempt,
    @Nullable Long newest,
    List<Stretch> counted,
    List<Retained> retained) {

  /** The ids of checkpoints of one attempt, from the first that may be used to the last. */
  record Stretch(int attempt, long first, long last) {
    @Override
    public String toString() {
      return first == last
          ? "checkpoint %d of attempt %d".formatted(first, attempt)
          : "checkpoints %d to %d of attempt %d".formatted(first, last, attempt);
    }
  }

  /**
   * A checkpoint that can be restored.
   *
   * @param bytes what it added to the journal
   * @param keys how many keys it changed
   * @param manifest where that is kept
   */
  record Retained(
      long id, Instant completedAt, long tookMs, long bytes, long keys, String manifest) {}

  static CheckpointList of(OfflineJob job) {
    return new CheckpointList(
        job.dataflow(),
        job.attempt(),
        job.checkpoint(),
        job.history().segments().stream().map(CheckpointList::stretch).toList(),
        job.retained().stream().map(CheckpointList::retained).toList());
  }

  private static Stretch stretch(Segment segment) {
    return new Stretch(segment.attempt(), segment.from() + 1, segment.to());
  }

  private static Retained retained(OfflineJob.Retained stored) {
    Checkpoint checkpoint = stored.checkpoint();
    return new Retained(
        checkpoint.id(),
        checkpoint.completedAt(),
        checkpoint.took().toMillis(),
        checkpoint.bytes(),
        stored.keys(),
        stored.manifest());
  }

  /** Writes it for people. */
  void print(PrintStream out) {
    if (newest == null) {
      out.printf("dataflow %s, attempt %d: no checkpoint has completed yet%n", dataflow, attempt);
      return;
    }
    out.printf(
        "dataflow %s, attempt %d; what counts: %s%n",
        dataflow,
        attempt,
        counted.stream().map(Stretch::toString).collect(Collectors.joining(", ")));
    out.printf(
        "%12s  %-24s %10s %14s %12s  %s%n",
        "id", "completed at", "took", "bytes", "keys", "manifest in");
    for (Retained each : retained) {
      out.printf(
          "%12d  %-24s %,7d ms %,14d %,12d  %s%s%n",
          each.id(),
          each.completedAt(),
          each.tookMs(),
          each.bytes(),
          each.keys(),
          each.manifest(),
          newest == each.id() ? "  <- newest" : "");
    }
  }
}
