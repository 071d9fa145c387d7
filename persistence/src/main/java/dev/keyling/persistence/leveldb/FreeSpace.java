package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.StoreException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.iq80.leveldb.DB;
import org.jspecify.annotations.Nullable;

/**
 * Keeps LevelDB away from a full disk: it writes its files through mapped memory, and a page that
 * finds no room kills the whole process. So some space must always stay free: the writer asks
 * before every batch, and a thread of its own looks in between, because others fill disks too. When
 * space runs short nothing is written, in the background neither; when there is room again, it goes
 * on by itself. Thread-safe.
 */
final class FreeSpace implements AutoCloseable {

  /** No disk is filled faster; so long may a look be put off that finds this much to spare. */
  private static final long FASTEST_BYTES_PER_MILLI = 4L << 20;

  private static final long LONGEST_MILLIS = 1000;

  /** Who holds LevelDB's background thread: there is one in a process, for all its stores. */
  private static final AtomicReference<@Nullable FreeSpace> HOLDER = new AtomicReference<>();

  private final DB db;
  private final Path directory;
  private final long reserve;
  private final LongSupplier usable;
  private final Thread watcher;

  /** Held while a batch is written: LevelDB may wait for its compactions then. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Guarded by {@link #writing}. */
  private boolean closed;

  /**
   * Starts watching.
   *
   * @param reserve bytes that must stay free
   * @param usable asks the file system
   */
  FreeSpace(DB db, Path directory, long reserve, LongSupplier usable) {
    this.db = db;
    this.directory = directory;
    this.reserve = reserve;
    this.usable = usable;
    this.watcher = new Thread(this::watch, "keyling-store-space " + directory);
    watcher.setDaemon(true);
    watcher.start();
  }

  /** Asks the file system of a directory how much is free for us. */
  static LongSupplier of(Path directory) {
    return directory.toFile()::getUsableSpace;
  }

  /**
   * Checks that there is room to open a store: LevelDB moves its logs into tables when it opens.
   *
   * @throws StoreException if there is not
   */
  static void checkRoom(Path dir, long reserve, long logBytes) {
    long free = of(dir).getAsLong();
    if (free < reserve + logBytes) {
      throw new StoreException(
          "cannot open the store in "
              + dir
              + ": "
              + wanted(free, reserve + logBytes)
              + "; on a small disk set both this and write-buffer lower");
    }
  }

  /** Lets one batch be written; ends with {@link #written}. */
  void beforeWriting() {
    writing.lock();
  }

  /** Says why these bytes must not be written now; null if they may. Between the two others. */
  @Nullable StoreException refusal(long bytes) {
    long free = usable.getAsLong();
    FreeSpace holder = HOLDER.get();
    if (free < reserve + bytes || holder == this) {
      return refusal(wanted(free, reserve + bytes));
    }
    return holder == null
        ? null
        : refusal("the store in " + holder.directory + " of this process has no room on its disk");
  }

  private StoreException refusal(String why) {
    return new StoreException(
        "cannot write to the store in "
            + directory
            + " now: "
            + why
            + "; nothing was written, and it goes on by itself when there is room");
  }

  void written() {
    writing.unlock();
  }

  private static String wanted(long free, long wanted) {
    return "its disk has %,d bytes free and %,d are wanted; make room, or choose another disk; keyling.persistence.leveldb.min-free-space says why"
        .formatted(free, wanted);
  }

  private void watch() {
    try {
      for (long pause = look(); pause > 0; pause = look()) {
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Returns how many milliseconds the next look may be put off, 0 if there is none. */
  private long look() throws InterruptedException {
    long spare = usable.getAsLong() - reserve;
    writing.lockInterruptibly();
    try {
      if (closed) {
        return 0;
      }
      if (spare < 0 && HOLDER.compareAndSet(null, this)) {
        db.suspendCompactions(); // waits for the one that is under way
      } else if (spare >= 0) {
        letGo();
      }
    } finally {
      writing.unlock();
    }
    return Math.max(1, Math.min(LONGEST_MILLIS, Math.abs(spare) / FASTEST_BYTES_PER_MILLI));
  }

  private void letGo() {
    if (HOLDER.get() == this) {
      db.resumeCompactions();
      HOLDER.set(null);
    }
  }

  /** Stops watching; compactions run again, because closing a database waits for them. */
  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      letGo();
    } finally {
      writing.unlock();
    }
    watcher.interrupt();
    boolean interrupted = false;
    while (watcher.isAlive()) {
      try {
        watcher.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
