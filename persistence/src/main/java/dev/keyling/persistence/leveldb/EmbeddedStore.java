package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import java.util.Optional;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionId;

/**
 * The one store of an actor system, in the directory {@code keyling.persistence.leveldb.dir}.
 * Opened at first use, shared by journal, rows and engine, closed when the system has terminated
 * and with it everybody who could still write.
 */
public final class EmbeddedStore implements Extension {

  private static final ExtensionId<EmbeddedStore> ID =
      new AbstractExtensionId<EmbeddedStore>() {
        @Override
        public EmbeddedStore createExtension(ExtendedActorSystem system) {
          return new EmbeddedStore(system);
        }
      };

  private final LevelDbStore store;

  private EmbeddedStore(ExtendedActorSystem system) {
    LevelDbSettings settings = LevelDbSettings.from(system.settings().config());
    Optional<StoreAhead> ahead = system.settings().setup().get(StoreAhead.class);
    store =
        ahead.isPresent()
            ? ahead.get().take(settings, system.log()::warning)
            : LevelDbStore.open(settings, system.log()::warning);
    system.registerOnTermination(store::close);
  }

  /**
   * Returns the store of this system. Call it before the first persistent actor starts: a journal
   * that cannot open its store only shows as a recovery that times out.
   *
   * @throws StoreException if it cannot be opened
   */
  public static EmbeddedStore get(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /** Returns the open store. */
  public LevelDbStore store() {
    return store;
  }

  /** Returns the rows of the store. */
  public RowStore rows() {
    return store.rows();
  }
}
