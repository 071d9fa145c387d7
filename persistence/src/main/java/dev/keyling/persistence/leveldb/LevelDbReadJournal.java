package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.leveldb.journal.StoredEvents;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Source;

/**
 * What the embedded store of an actor system has in its journal, as streams: {@code
 * PersistenceQuery.get(system).getReadJournalFor(LevelDbReadJournal.class, LevelDbReadJournal.ID)}.
 * Streams read a portion at a time, in threads of their own, when they are asked for more; they
 * fail with a {@link dev.keyling.persistence.StoreException} if the store cannot be opened or is
 * damaged. Thread-safe.
 */
public final class LevelDbReadJournal
    implements ReadJournal, CurrentPersistenceIdsQuery, CurrentEventsByPersistenceIdQuery {

  /** The plugin id. */
  public static final String ID = "keyling.leveldb.query";

  private final Supplier<StoredEvents> events;

  LevelDbReadJournal(Supplier<StoredEvents> events) {
    this.events = events;
  }

  /**
   * Returns all persistence ids that have an event or a snapshot, or had an event once, in the
   * order of their bytes; those of dataflows start with {@code keyling|}. An id that appears while
   * the stream runs may be among them.
   */
  @Override
  public Source<String, NotUsed> currentPersistenceIds() {
    return Source.lazySource(() -> events.get().persistenceIds())
        .mapMaterializedValue(later -> NotUsed.getInstance());
  }

  /**
   * Returns the events of one id in order, up to the one that is the newest when the stream starts.
   * Deleted ones are left out; the offset of an event is its sequence number.
   *
   * @param from first sequence number, inclusive
   * @param to last sequence number, inclusive
   */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long from, long to) {
    return Source.lazySource(() -> events.get().events(persistenceId, from, to))
        .mapMaterializedValue(later -> NotUsed.getInstance());
  }
}
