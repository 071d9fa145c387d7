package dev.keyling.persistence.leveldb;

import com.typesafe.config.Config;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.pekko.actor.setup.Setup;
import org.jspecify.annotations.Nullable;

/**
 * Opens the store while the actor system is still being made, in a thread of its own: an
 * application that has much to recover starts sooner by that time. It is given to the system, and
 * {@link EmbeddedStore} takes the store over:
 *
 * <pre>{@code
 * Config config = ConfigFactory.load();
 * ActorSystem.create(
 *     guardian,
 *     "shop",
 *     ActorSystemSetup.create(BootstrapSetup.create(config), StoreAhead.of(config)));
 * }</pre>
 *
 * <p>Only a store that exists is opened ahead; a new one is made when it is needed first. What goes
 * wrong is told by {@link EmbeddedStore#get}, which is to be called in any case: it closes the
 * store with the system. For one system. Thread-safe.
 */
public final class StoreAhead extends Setup {
  private final @Nullable LevelDbSettings settings;
  private final Queue<String> reports = new ConcurrentLinkedQueue<>();
  private @Nullable CompletableFuture<LevelDbStore> opening;

  private StoreAhead(@Nullable LevelDbSettings settings) {
    this.settings = settings;
    if (settings != null && Database.exists(settings)) {
      opening =
          CompletableFuture.supplyAsync(
              () -> LevelDbStore.open(settings, reports::add), task -> start(task, settings.dir()));
    }
  }

  private static void start(Runnable task, Path dir) {
    Thread daemon = new Thread(task, "keyling-store-ahead " + dir);
    daemon.setDaemon(true);
    daemon.start();
  }

  /**
   * Begins to open the store of a configuration, and does not wait.
   *
   * @param config the whole configuration of the system to be; without a directory for the store
   *     nothing is opened
   */
  public static StoreAhead of(Config config) {
    boolean none = config.getString("keyling.persistence.leveldb.dir").isEmpty();
    return new StoreAhead(none ? null : LevelDbSettings.from(config));
  }

  /** Returns the store, or one opened now if there is none ahead or it has other settings. */
  LevelDbStore take(LevelDbSettings wanted, Consumer<String> report) {
    CompletableFuture<LevelDbStore> opened = wanted.equals(settings) ? takeOpening() : null;
    if (opened == null) {
      close();
      return LevelDbStore.open(wanted, report);
    }
    try {
      LevelDbStore store = opened.join();
      reports.forEach(report);
      return store;
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException cause ? cause : e;
    }
  }

  private synchronized @Nullable CompletableFuture<LevelDbStore> takeOpening() {
    CompletableFuture<LevelDbStore> taken = opening;
    opening = null;
    return taken;
  }

  /** Closes the store unless it was taken over; waits until it is closed. */
  public void close() {
    CompletableFuture<LevelDbStore> unused = takeOpening();
    if (unused != null) {
      unused.handle((store, failure) -> store).thenAccept(StoreAhead::closeIfOpen).join();
    }
  }

  private static void closeIfOpen(@Nullable LevelDbStore store) {
    if (store != null) {
      store.close();
    }
  }
}
