package dev.keyling.persistence.leveldb.journal;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.database.Database;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One replay of one persistence id, in portions, so that it holds neither a snapshot of the store
 * nor much memory for long. Every event names the one before it: a missing one shows. Events that
 * are deleted meanwhile are left out. Not thread-safe.
 */
final class Replay {

  private static final int PORTION_EVENTS = 500;
  private static final int PORTION_BYTES = 1 << 20;

  /** An event with the body of its stored value. */
  record Event(long sequenceNr, ByteBuffer body) {}

  private final Database database;
  private final String persistenceId;
  private final JournalKeys keys;
  private final long to;

  /** What comes before this one may be missing: it was not asked for, or is deleted. */
  private long start;

  private long last;
  private long left;

  /** Starts at the event {@code from}; emits at most {@code max}. */
  Replay(Database database, String persistenceId, long from, long to, long max) {
    this.database = database;
    this.persistenceId = persistenceId;
    this.keys = new JournalKeys(persistenceId);
    this.start = Math.max(0, from - 1);
    this.last = start;
    this.to = to;
    this.left = max;
  }

  /** Reads the next portion; empty at the end. Blocks. */
  List<Event> next() {
    List<Event> portion = new ArrayList<>();
    if (left > 0 && last < to) {
      try (Cursor cursor = database.cursor(false)) {
        // read after the cursor was opened: the floor is never older than what the cursor sees
        skip(Floor.of(database.get(keys.floor())).deletedTo());
        read(cursor, portion);
      }
    }
    return portion;
  }

  private void skip(long deletedTo) {
    if (deletedTo > start) {
      start = deletedTo;
      last = Math.max(last, deletedTo);
    }
  }

  private void read(Cursor cursor, List<Event> portion) {
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

  private void check(long sequenceNr, long previous) {
    boolean fits = last <= start ? previous <= start : previous == last;
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
