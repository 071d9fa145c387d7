package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.database.StoreCounts;
import dev.keyling.persistence.leveldb.journal.JournalStore;
import dev.keyling.persistence.leveldb.rows.LevelDbRowStore;
import dev.keyling.persistence.leveldb.snapshots.Snapshots;
import java.util.function.Consumer;

/**
 * An open store: one LevelDB database in one directory, shared by the journal, the snapshots and
 * the rows. Thread-safe. Whoever opens it closes it; inside an actor system, {@link EmbeddedStore}
 * does both.
 */
public final class LevelDbStore implements AutoCloseable {

  private final Database database;
  private final LevelDbRowStore rows;
  private final JournalStore journal;
  private final Snapshots snapshots;

  private LevelDbStore(Database database) {
    this.database = database;
    this.rows = new LevelDbRowStore(database);
    this.journal = new JournalStore(database);
    this.snapshots = new Snapshots(database);
  }

  /**
   * Opens the store in the directory of the settings, making a new one if there is none.
   *
   * @param report gets a line for each damage that was accepted, such as a torn tail of the log
   * @throws StoreException if the directory cannot be used, holds somebody else's store, is in use,
   *     or is damaged; then nothing was changed
   */
  public static LevelDbStore open(LevelDbSettings settings, Consumer<String> report) {
    return new LevelDbStore(Database.open(settings, report));
  }

  /** Returns the rows of this store. */
  public RowStore rows() {
    return rows;
  }

  /** Returns what the store has done so far. */
  public StoreCounts counts() {
    return database.counts().withKeysRead(rows.keysRead());
  }

  /** Returns the settings the store was opened with. */
  public LevelDbSettings settings() {
    return database.settings();
  }

  Database database() {
    return database;
  }

  JournalStore journal() {
    return journal;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  /**
   * Writes what was handed over, then closes the store and lets others in. Waits for reads that are
   * under way. Does nothing the second time.
   */
  @Override
  public void close() {
    database.close();
  }
}
