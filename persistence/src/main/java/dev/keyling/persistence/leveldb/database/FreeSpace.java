package dev.keyling.persistence.leveldb.database;

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
 * space runs short writes are refused; what LevelDB does in the background may make room, and is
 * held only when half of that space is gone too. With room again all goes on by itself. What is
 * under way in the background is finished first: so a disk that fills fast is short of space
 * earlier. Thread-safe.
 */
final class FreeSpace implements AutoCloseable {

  /** No disk is filled faster; so long may a look be put off that finds this much to spare. */
  private static final long FASTEST_BYTES_PER_MILLI = 4L << 20;

  private static final long LONGEST_MILLIS = 250;

  /** What the disk has lost in so long must be left. */
  private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Who holds LevelDB's background thread: there is one in a process, for all its stores. */
  private static final AtomicReference<@Nullable FreeSpace> HOLDER = new AtomicReference<>();

  private final DB db;
  private final Path directory;
  private final long reserve;
  private final LongSupplier usable;
  private final Thread watcher;

  /** Held while a batch is written: LevelDB may wait for its compactions then. */
  private final ReentrantLock writing = new ReentrantLock();

  // guarded by writing
  private final RecentPeak mostFree = new RecentPeak(SPAN_NANOS);
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
    this.watcher = StoreThreads.of("space", directory).newThread(this::watch);
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
              + shortOf(free, reserve + logBytes)
              + "; on a small disk set both this and write-buffer lower");
    }
  }

  /** Lets one batch be written; ends with {@link #written}. */
  void beforeWriting() {
    writing.lock();
  }

  /** Says why these bytes must not be written now; null if they may. Between the two others. */
  @Nullable StoreException refusal(long bytes) {
    long free = look();
    long wanted = wanted(free) + bytes;
    if (free < wanted) {
      return refusal(shortOf(free, wanted));
    }
    FreeSpace holder = HOLDER.get();
    return holder == null
        ? null
        : refusal("the store in " + holder.directory + " of this process has no room on its disk");
  }

  /** Asks how much is free; compactions may run again as soon as it is enough. */
  private long look() {
    long free = usable.getAsLong();
    mostFree.note(free, System.nanoTime());
    if (HOLDER.get() == this && (closed || !isTight(free))) {
      db.resumeCompactions();
      HOLDER.set(null);
    }
    return free;
  }

  private boolean isTight(long free) {
    return free < wanted(free) / 2;
  }

  /** As much as was lost lately is wanted to be left: so there is time to finish. */
  private long wanted(long free) {
    return Math.max(reserve, mostFree.fall(free));
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

  private static String shortOf(long free, long wanted) {
    return "its disk has %,d bytes free and %,d are wanted; make room, or choose another disk; keyling.persistence.leveldb.min-free-space says why"
        .formatted(free, wanted);
  }

  private void watch() {
    try {
      for (long pause = hold(); pause > 0; pause = hold()) {
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /**
   * Holds compactions if space is short.
   *
   * @return how many milliseconds the next look may be put off, 0 if there is none
   */
  private long hold() throws InterruptedException {
    writing.lockInterruptibly();
    try {
      if (closed) {
        return 0;
      }
      long free = look();
      if (isTight(free) && HOLDER.compareAndSet(null, this)) {
        db.suspendCompactions(); // waits for the one that is under way
      }
      long spare = Math.abs(free - wanted(free) / 2);
      return Math.max(1, Math.min(LONGEST_MILLIS, spare / FASTEST_BYTES_PER_MILLI));
    } finally {
      writing.unlock();
    }
  }

  /** Stops watching; compactions run again, because closing a database waits for them. */
  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      look();
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
