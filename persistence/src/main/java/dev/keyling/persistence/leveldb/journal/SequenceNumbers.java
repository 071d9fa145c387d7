package dev.keyling.persistence.leveldb.journal;

import dev.keyling.persistence.StoreException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * The fence of the journal: who writes a sequence number twice, or leaves one out, has lost it.
 * Remembers ids that are in use; what was not used lately is read from disk again. Thread-safe.
 */
final class SequenceNumbers {

  /** Ids to remember beyond those with writes under way. */
  static final int REMEMBERED = 10_000;

  private static final class Line {
    /** Highest number that is stored or on its way. */
    long stored;

    /** Highest number that was used, by a rejected event perhaps. */
    long used;

    int underWay;
    CompletableFuture<Void> newest = CompletableFuture.completedFuture(null);

    Line(long stored) {
      this.stored = stored;
      this.used = stored;
    }
  }

  private final ToLongFunction<String> stored;

  // guarded by this
  private final HashMap<String, Line> busy = new HashMap<>();

  /** Without writes under way; least recently used first. Guarded by this. */
  private final LinkedHashMap<String, Line> idle =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
          return size() > REMEMBERED;
        }
      };

  SequenceNumbers(ToLongFunction<String> stored) {
    this.stored = stored;
  }

  /**
   * Claims the numbers of these events, and if they are the next ones, writes them.
   *
   * @param write gets the number of the stored event before; called in order of the claims
   */
  synchronized CompletableFuture<Void> claim(
      String persistenceId, List<EventRecord> events, LongFunction<CompletableFuture<Void>> write) {
    Line line = line(persistenceId);
    long first = events.get(0).sequenceNr();
    if (first <= line.stored || first > line.used + 1) {
      return CompletableFuture.failedFuture(refusal(persistenceId, first, line.stored));
    }
    long previous = line.stored;
    for (EventRecord event : events) {
      line.used = event.sequenceNr();
      line.stored = event.value() == null ? line.stored : event.sequenceNr();
    }
    if (line.stored == previous) {
      return CompletableFuture.completedFuture(null);
    }
    line.underWay++;
    CompletableFuture<Void> written = write.apply(previous);
    line.newest = written;
    busy.put(persistenceId, line);
    idle.remove(persistenceId);
    var unused =
        written.whenComplete((done, failed) -> landed(persistenceId, line, failed != null));
    return written;
  }

  /** Completes when the newest write of this id that is under way has ended, well or badly. */
  synchronized CompletableFuture<Void> written(String persistenceId) {
    Line line = busy.get(persistenceId);
    return line == null
        ? CompletableFuture.completedFuture(null)
        : line.newest.handle((done, failed) -> null);
  }

  /** Returns how many ids are remembered. */
  synchronized int remembered() {
    return busy.size() + idle.size();
  }

  /** Of an id whose write has failed, only the store knows what is stored. */
  private synchronized void landed(String persistenceId, Line line, boolean failed) {
    line.underWay--;
    if (failed) {
      busy.remove(persistenceId, line);
    } else if (line.underWay == 0 && busy.remove(persistenceId, line)) {
      idle.put(persistenceId, line);
    }
  }

  private Line line(String persistenceId) {
    Line line = busy.get(persistenceId);
    if (line == null) {
      line = idle.remove(persistenceId);
      line = line == null ? new Line(stored.applyAsLong(persistenceId)) : line;
      idle.put(persistenceId, line);
    }
    return line;
  }

  private static StoreException refusal(String persistenceId, long first, long stored) {
    return new StoreException(
        first <= stored
            ? "event %d of %s was written before (the newest is %d): another writer is alive, this one stops"
                .formatted(first, persistenceId, stored)
            : "event %d of %s would leave a gap behind %d: this writer has lost its place and stops"
                .formatted(first, persistenceId, stored));
  }
}
