package dev.keyling.persistence.leveldb;

import com.typesafe.config.Config;
import dev.keyling.persistence.leveldb.journal.StoredEvents;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.ReadJournalProvider;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/** Makes the read journals over the {@link EmbeddedStore} of the system, for Pekko. */
public final class LevelDbReadJournalProvider implements ReadJournalProvider {

  private final LevelDbReadJournal journal;

  /** Called by Pekko with the configuration of the plugin. */
  public LevelDbReadJournalProvider(ExtendedActorSystem system, Config config) {
    Serialization serialization = SerializationExtension.get(system);
    EventAdapters adapters = Persistence.get(system).adaptersFor(config.getString("write-plugin"));
    Executor readers = system.dispatchers().lookup(config.getString("reader-dispatcher"));
    journal =
        new LevelDbReadJournal(
            () ->
                new StoredEvents(
                    EmbeddedStore.get(system).store().journal(), serialization, adapters, readers));
  }

  @Override
  public LevelDbReadJournal javadslReadJournal() {
    return journal;
  }

  @Override
  public LevelDbScalaReadJournal scaladslReadJournal() {
    return new LevelDbScalaReadJournal(journal);
  }
}
