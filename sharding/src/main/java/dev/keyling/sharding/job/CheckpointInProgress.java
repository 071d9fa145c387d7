package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.connector.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has come together of a checkpoint so far. */
final class CheckpointInProgress {
  final long id;
  final Instant startedAt;
  final List<CheckpointRequest> requests;
  final Map<String, Position> positions = new TreeMap<>();
  final Map<String, Long> generators = new TreeMap<>();
  final Map<String, Long> watermarks = new TreeMap<>();
  final Map<String, byte[]> handles = new TreeMap<>();
  final Map<String, Map<String, byte[]>> overtaken = new TreeMap<>();

  /** Ids of the steps whose input had ended. */
  final Set<String> ended = new TreeSet<>();

  /** What it is, once it is being written. */
  @Nullable Manifest manifest;

  private int awaited;
  long bytes;
  long keys;
  long alignedAfterNanos;

  /**
   * Begins a checkpoint.
   *
   * @param awaited answers of sources, generators, steps and sinks
   */
  CheckpointInProgress(long id, Instant startedAt, int awaited, List<CheckpointRequest> requests) {
    this.id = id;
    this.startedAt = startedAt;
    this.awaited = awaited;
    this.requests = requests;
  }

  /** Tells whether it is the one after the end of input. */
  boolean isLast() {
    return requests.stream().anyMatch(CheckpointRequest.Last.class::isInstance);
  }

  /** Tells whether it is the cut of a savepoint. */
  boolean isSavepoint() {
    return requests.stream().anyMatch(CheckpointRequest.Savepoint.class::isInstance);
  }

  /** Tells whether the job stops behind it. */
  boolean stops() {
    return requests.stream()
        .anyMatch(request -> request instanceof CheckpointRequest.Savepoint cut && cut.stops());
  }

  /** One more answer is here. */
  void answered() {
    awaited--;
  }

  /** Tells whether all answers are here: from then on it cannot be given up. */
  boolean isAnswered() {
    return awaited == 0;
  }

  void completed(Checkpoint checkpoint) {
    requests.forEach(request -> request.completed(checkpoint));
  }

  void failed(Throwable cause) {
    requests.forEach(request -> request.failed(cause));
  }
}
