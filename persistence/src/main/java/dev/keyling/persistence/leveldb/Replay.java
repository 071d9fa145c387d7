package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One replay of one persistence id, in portions, so that it holds neither a snapshot of the store
 * nor much memory for long. Every event names the one before it: a missing one shows.
 */
final class Replay {

  private static final int PORTION_EVENTS = 500;
  private static final int PORTION_BYTES = 1 << 20;

  private record Event(long sequenceNr, ByteBuffer body) {}

  private final String persistenceId;
  private final JournalKeys keys;
  private final long start;
  private final long to;
  private final List<Event> portion = new ArrayList<>();
  private long last;
  private long left;

  /** Starts behind the event {@code after}. */
  Replay(String persistenceId, JournalKeys keys, long after, long to, long max) {
    this.persistenceId = persistenceId;
    this.keys = keys;
    this.start = after;
    this.last = after;
    this.to = to;
    this.left = max;
  }

  boolean hasMore() {
    return left > 0 && last < to;
  }

  /** Reads the next portion. */
  void portion(Cursor cursor) {
    int bytes = 0;
    cursor.seek(keys.event(last + 1));
    while (cursor.isIn(keys.events())
        && left > 0
        && bytes < PORTION_BYTES
        && portion.size() < PORTION_EVENTS) {
      long sequenceNr = keys.sequenceNrOf(cursor.key());
      if (sequenceNr > to) {
        break;
      }
      ByteBuffer body = cursor.body();
      check(sequenceNr, EventRecord.previous(body));
      portion.add(new Event(sequenceNr, body));
      last = sequenceNr;
      left--;
      bytes += body.remaining();
      cursor.next();
    }
    if (portion.isEmpty()) {
      left = 0;
    }
  }

  /** Hands the portion over. */
  void emit(JournalStore.EventVisitor visitor) {
    portion.forEach(event -> visitor.event(event.sequenceNr(), event.body()));
    portion.clear();
  }

  private void check(long sequenceNr, long previous) {
    boolean fits = last == start ? previous <= start : previous == last;
    if (!fits) {
      throw new StoreException(
          "the journal of "
              + persistenceId
              + " misses event "
              + previous
              + " before "
              + sequenceNr
              + ": restore the store from a copy or a savepoint");
    }
  }
}
