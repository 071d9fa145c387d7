package dev.keyling.persistence.leveldb.journal;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.Compaction;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.database.Tidying;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.KeyWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The events of all persistence ids of a {@link Database}. Thread-safe; whatever says so blocks on
 * the disk.
 */
public final class JournalStore {

  /** Events that one step of purging deletes: other writes get their turn in between. */
  private static final int PURGE = 1000;

  private final Database database;
  private final Tidying tidying;
  private final Compaction compaction;
  private final SequenceNumbers numbers = new SequenceNumbers(this::readHighest);

  /** The journal of a database; there must be one only, because it remembers what is under way. */
  public JournalStore(Database database) {
    this.database = database;
    this.tidying = database.tidying();
    this.compaction = database.compaction();
  }

  /**
   * Appends events, all or nothing. Reads from disk if the id was not in use lately.
   *
   * @param events in order of their sequence numbers, contiguous with each other
   * @return completed in the writer's thread; failed if a number was written before or leaves a gap
   */
  public CompletableFuture<Void> append(
      String persistenceId, List<EventRecord> events, Durability durability) {
    JournalKeys keys = new JournalKeys(persistenceId);
    return numbers.claim(
        persistenceId,
        events,
        previous -> {
          Changes changes = new Changes();
          long before = previous;
          for (EventRecord event : events) {
            if (event.value() != null) {
              byte[] key = keys.event(event.sequenceNr());
              changes.put(key, event.sealed(key, before));
              before = event.sequenceNr();
            }
          }
          return database.submit(changes, durability);
        });
  }

  /** Waits for the writes of this id that are under way, so that what follows sees them. */
  public CompletableFuture<Void> written(String persistenceId) {
    return numbers.written(persistenceId);
  }

  /** Returns the ids that are known. */
  PersistenceIds ids() {
    return new PersistenceIds(database);
  }

  /** Returns how many ids are remembered: a bounded number, whatever the store holds. */
  int remembered() {
    return numbers.remembered();
  }

  /** Reads the highest sequence number ever stored, 0 if there is none. Blocks. */
  public long readHighest(String persistenceId) {
    JournalKeys keys = new JournalKeys(persistenceId);
    long highest = floor(keys).highest();
    try (Cursor cursor = database.cursor(true)) {
      cursor.seekBefore(new KeyWriter(keys.events()).putLong(-1).toBytes());
      return cursor.isIn(keys.events())
          ? Math.max(highest, keys.sequenceNrOf(cursor.key()))
          : highest;
    }
  }

  /**
   * Deletes the events up to a sequence number, but not the memory of the highest one.
   *
   * @return completed when they are gone
   */
  public CompletableFuture<Void> deleteTo(String persistenceId, long sequenceNr) {
    CompletableFuture<Void> gone =
        written(persistenceId)
            .handle((done, failed) -> null)
            .thenCompose(done -> tidying.run(() -> lowerFloor(persistenceId, sequenceNr)))
            .thenCompose(done -> purge(persistenceId));
    return Tidying.answer(gone, () -> {});
  }

  private CompletableFuture<Void> lowerFloor(String persistenceId, long sequenceNr) {
    JournalKeys keys = new JournalKeys(persistenceId);
    Floor floor = floor(keys);
    long highest = readHighest(persistenceId);
    long to = Math.min(sequenceNr, highest);
    if (to <= floor.deletedTo()) {
      return CompletableFuture.completedFuture(null);
    }
    return put(new Changes(), keys, new Floor(highest, to, floor.purgedTo()));
  }

  private CompletableFuture<Void> purge(String persistenceId) {
    JournalKeys keys = new JournalKeys(persistenceId);
    return tidying
        .run(() -> purgePortion(keys))
        .thenCompose(
            done -> {
              Floor floor = floor(keys);
              return floor.purgedTo() < floor.deletedTo()
                  ? purge(persistenceId)
                  : CompletableFuture.completedFuture(null);
            });
  }

  private CompletableFuture<Void> purgePortion(JournalKeys keys) {
    Floor floor = floor(keys);
    if (floor.purgedTo() >= floor.deletedTo()) {
      return CompletableFuture.completedFuture(null);
    }
    Changes changes = new Changes();
    long purged = floor.deletedTo();
    long bytes = 0;
    try (Cursor cursor = database.cursor(false)) {
      cursor.seek(keys.event(floor.purgedTo() + 1));
      for (; cursor.isIn(keys.events()); cursor.next()) {
        long sequenceNr = keys.sequenceNrOf(cursor.key());
        if (sequenceNr > floor.deletedTo()) {
          break;
        }
        if (changes.size() == PURGE) {
          purged = sequenceNr - 1;
          break;
        }
        changes.delete(cursor.key());
        bytes += cursor.size();
      }
    }
    long deleted = bytes;
    return put(changes, keys, new Floor(floor.highest(), floor.deletedTo(), purged))
        .thenRun(() -> compaction.deleted(keys.events(), deleted));
  }

  private CompletableFuture<Void> put(Changes changes, JournalKeys keys, Floor floor) {
    return database.submit(changes.put(keys.floor(), floor.toValue(keys.floor())), Durability.OS);
  }

  /** Receives the events of a replay, in order. */
  public interface EventVisitor {
    /** Called with the body of the stored value. */
    void event(long sequenceNr, ByteBuffer body);
  }

  /**
   * Replays events, a portion at a time, checking that none is missing. Blocks.
   *
   * @param max most events to replay
   * @throws StoreException if an event is damaged or missing
   */
  public void replay(String persistenceId, long from, long to, long max, EventVisitor visitor) {
    Replay replay = replay(persistenceId, from, to, max);
    for (List<Replay.Event> next = replay.next(); !next.isEmpty(); next = replay.next()) {
      next.forEach(event -> visitor.event(event.sequenceNr(), event.body()));
    }
  }

  /** Begins a replay whose portions are asked for one by one. */
  Replay replay(String persistenceId, long from, long to, long max) {
    return new Replay(database, persistenceId, from, to, max);
  }

  private Floor floor(JournalKeys keys) {
    return Floor.of(database.get(keys.floor()));
  }
}
