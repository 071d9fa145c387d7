package dev.keyling.persistence.leveldb;

import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.scaladsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.scaladsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.scaladsl.ReadJournal;
import org.apache.pekko.stream.scaladsl.Source;

/** The {@link LevelDbReadJournal} for Scala. Thread-safe. */
public final class LevelDbScalaReadJournal
    implements ReadJournal, CurrentPersistenceIdsQuery, CurrentEventsByPersistenceIdQuery {

  private final LevelDbReadJournal journal;

  LevelDbScalaReadJournal(LevelDbReadJournal journal) {
    this.journal = journal;
  }

  /** See {@link LevelDbReadJournal#currentPersistenceIds()}. */
  @Override
  public Source<String, NotUsed> currentPersistenceIds() {
    return journal.currentPersistenceIds().asScala();
  }

  /** See {@link LevelDbReadJournal#currentEventsByPersistenceId(String, long, long)}. */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long from, long to) {
    return journal.currentEventsByPersistenceId(persistenceId, from, to).asScala();
  }
}
