package dev.keyling.persistence.leveldb.database;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.files.StoreIdentity;
import dev.keyling.persistence.leveldb.files.StoreLock;
import dev.keyling.persistence.leveldb.record.BatchChain;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Range;
import org.iq80.leveldb.ReadOptions;
import org.jspecify.annotations.Nullable;

/**
 * The open LevelDB database of a store, with its one writer and its background threads. It knows
 * records, and nothing of what they mean: that is for the journal, the snapshots and the rows,
 * which share it. Thread-safe. Whoever opens it closes it.
 */
public final class Database implements AutoCloseable {

  /** Before all keys. */
  private static final byte[] NOWHERE = {0};

  private final LevelDbSettings settings;
  private final DB db;
  private final StoreLock lock;
  private final int salt;
  private final FreeSpace space;
  private final GroupCommit writer;
  private final Tidying tidying;
  private final Compaction compaction;

  /** Reads hold the store open: native code must not be used after close. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  Database(
      LevelDbSettings settings, DB db, StoreLock lock, StoreIdentity identity, BatchChain last) {
    this.salt = identity.salt();
    this.settings = settings;
    this.db = db;
    this.lock = lock;
    Path database = StoreDirectory.database(settings);
    this.space = new FreeSpace(db, database, settings.minFreeBytes(), FreeSpace.of(settings.dir()));
    this.writer = new GroupCommit(db, database, settings, space, last);
    this.tidying = new Tidying(settings.dir(), writer::awaitRoom);
    this.compaction = new Compaction(settings.dir(), tables(), settings.compactAfter());
  }

  /**
   * Opens the store in the directory of the settings, making a new one if there is none.
   *
   * @param report gets a line for each damage that was accepted, such as a torn tail of the log
   * @throws StoreException if the directory cannot be used, holds somebody else's store, is in use,
   *     or is damaged; then nothing was changed
   */
  public static Database open(LevelDbSettings settings, Consumer<String> report) {
    return StoreDirectory.open(settings, report);
  }

  /** Tells whether there is a store in the directory of the settings, whole or not. */
  public static boolean exists(LevelDbSettings settings) {
    return StoreDirectory.exists(settings);
  }

  /** Returns what was written so far; the keys that were read are counted elsewhere. */
  public StoreCounts counts() {
    return writer.counts();
  }

  /** Returns the settings the store was opened with. */
  public LevelDbSettings settings() {
    return settings;
  }

  /** Returns the background thread, for what need not be done at once. */
  public Tidying tidying() {
    return tidying;
  }

  /** Returns whom to tell what was deleted, so that its space is given back. */
  public Compaction compaction() {
    return compaction;
  }

  /** Hands changes to the writer; the future is completed in its thread: do not block it. */
  public CompletableFuture<Void> submit(Changes changes, Durability durability) {
    return writer.submit(changes.salted(salt), durability);
  }

  /**
   * Waits while too many bytes wait to be written: so a slow disk holds back those who call this
   * before they hand over, instead of filling the memory. Returns at once when nothing is written
   * any more. Not for the writer's thread.
   */
  public void awaitRoom() {
    writer.awaitRoom();
  }

  /** Returns the checked body of a value, or null if the key is not stored. */
  public @Nullable ByteBuffer get(byte[] key) {
    open.readLock().lock();
    try {
      checkOpen();
      byte[] value = db.get(key, new ReadOptions().verifyChecksums(true));
      return value == null ? null : Sealed.open(key, value, salt);
    } catch (org.iq80.leveldb.DBException e) {
      throw new StoreException("cannot read the store in " + settings.dir(), e);
    } finally {
      open.readLock().unlock();
    }
  }

  /**
   * Opens a cursor on what is stored now.
   *
   * @param fillCache whether what is read is likely to be read again soon
   */
  public Cursor cursor(boolean fillCache) {
    open.readLock().lock();
    try {
      checkOpen();
      return new Cursor(db, fillCache, open.readLock(), salt);
    } catch (RuntimeException e) {
      open.readLock().unlock();
      throw e;
    }
  }

  private Compaction.Tables tables() {
    return new Compaction.Tables() {
      @Override
      public long size(byte[] begin, byte[] end) {
        return whileOpen(() -> db.getApproximateSizes(new Range(begin, end))[0]);
      }

      @Override
      public void compact(byte[] begin, byte[] end) {
        whileOpen(
            () -> {
              db.compactRange(begin, end);
              return 0L;
            });
      }

      @Override
      public void deleteUnused() {
        compact(NOWHERE, NOWHERE); // LevelDB looks for such files whenever it has made a table
      }
    };
  }

  private long whileOpen(LongSupplier call) {
    open.readLock().lock();
    try {
      checkOpen();
      return call.getAsLong();
    } finally {
      open.readLock().unlock();
    }
  }

  /**
   * Writes what was handed over, then closes the store and lets others in. Waits for reads that are
   * under way. Does nothing the second time.
   */
  @Override
  public void close() {
    compaction.close();
    tidying.close();
    try {
      writer.close();
    } finally {
      space.close();
      closeDatabase();
    }
  }

  private void closeDatabase() {
    open.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      db.close();
      lock.close();
    } catch (IOException e) {
      throw new StoreException("cannot close the store in " + settings.dir(), e);
    } finally {
      open.writeLock().unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException("the store is closed: " + settings.dir());
    }
    writer.checkReadable();
  }
}
