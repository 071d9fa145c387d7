package dev.keyling.persistence.leveldb.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the space of what was deleted. LevelDB forgets deleted records when it happens to
 * merge their tables, which in a store that has become quiet is never. So deletions are counted per
 * area (a key group, a journal), and now and then those areas are merged that hold more dead bytes
 * than live ones: a stretch at a time, never the whole database at once. Thread-safe.
 */
public final class Compaction implements AutoCloseable {

  /** Less is not worth a new table. */
  private static final long MIN_BYTES = 1 << 20;

  /** While much is written LevelDB merges anyway: so many times it is waited for that to end. */
  private static final int PATIENCE = 10;

  /** Areas are merged together up to this size: tables that fill up wait for it. */
  private static final long MAX_STRETCH = 32 << 20;

  private final Tables tables;
  private final Duration after;
  private final ScheduledExecutorService thread;

  // guarded by this
  private TreeMap<byte[], Long> dead = new TreeMap<>(Arrays::compareUnsigned);
  private long deadBytes;
  private boolean scheduled;
  private long seen;
  private int waited;

  /** Only the thread's own. */
  private boolean merged;

  /** What LevelDB can do with a stretch of keys. */
  interface Tables {
    /** Returns about how many bytes of tables the keys from begin to end take. */
    long size(byte[] begin, byte[] end);

    /** Merges the tables with keys from begin to end. Blocks until it is done. */
    void compact(byte[] begin, byte[] end);

    /** Deletes files that were merged while a reader still held them. */
    void deleteUnused();
  }

  /**
   * Makes it.
   *
   * @param after how long to wait after deletions, so that one merge serves many
   */
  Compaction(Path dir, Tables tables, Duration after) {
    this.tables = tables;
    this.after = after;
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, StoreThreads.of("compaction", dir));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.thread = executor;
  }

  /** So many bytes of keys and values that start with this area were deleted. */
  public synchronized void deleted(byte[] area, long bytes) {
    if (bytes > 0) {
      dead.merge(area, bytes, Long::sum);
      deadBytes += bytes;
      schedule();
    }
  }

  private void schedule() {
    if (!scheduled && deadBytes >= MIN_BYTES) {
      scheduled = later(this::due);
    }
  }

  private boolean later(Runnable step) {
    try {
      var unused = thread.schedule(step, after.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false; // closed meanwhile; the next deletions after the next start count
    }
  }

  /** Time is up: now, or later if as much again was deleted meanwhile. */
  void due() {
    synchronized (this) {
      scheduled = false;
      if (deadBytes - seen >= MIN_BYTES && ++waited < PATIENCE) {
        seen = deadBytes;
        schedule();
        return;
      }
      waited = 0;
      seen = 0;
    }
    giveBack();
  }

  /** Merges what is worth it now. */
  void giveBack() {
    TreeMap<byte[], Long> areas;
    synchronized (this) {
      areas = dead;
      dead = new TreeMap<>(Arrays::compareUnsigned);
      deadBytes = 0;
    }
    Stretch stretch = null;
    for (Map.Entry<byte[], Long> area : areas.entrySet()) {
      Stretch next = new Stretch(area.getKey(), behind(area.getKey()), area.getValue());
      if (stretch != null && isWorthIt(stretch.upTo(next), MAX_STRETCH)) {
        stretch = stretch.upTo(next);
      } else {
        compact(stretch);
        stretch = next;
      }
    }
    compact(stretch);
    if (merged) {
      merged = false;
      later(tables::deleteUnused);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Stretch(byte[] begin, byte[] end, long deadBytes) {
    Stretch upTo(Stretch other) {
      return new Stretch(begin, other.end, deadBytes + other.deadBytes);
    }
  }

  private boolean isWorthIt(Stretch stretch, long max) {
    long size = tables.size(stretch.begin, stretch.end);
    return size <= max && 2 * stretch.deadBytes >= size;
  }

  private void compact(@Nullable Stretch stretch) {
    if (stretch == null || thread.isShutdown()) {
      return;
    }
    if (isWorthIt(stretch, Long.MAX_VALUE)) {
      tables.compact(stretch.begin, stretch.end);
      merged = true;
    } else {
      synchronized (this) { // its share may grow
        dead.merge(stretch.begin, stretch.deadBytes, Long::sum);
      }
    }
  }

  /** Returns the first key behind all that start with this prefix; no prefix is all FF. */
  private static byte[] behind(byte[] prefix) {
    int last = prefix.length - 1;
    while (prefix[last] == (byte) 0xFF) {
      last--;
    }
    byte[] behind = Arrays.copyOf(prefix, last + 1);
    behind[last]++;
    return behind;
  }

  /** Waits for the stretch that is being merged. */
  @Override
  public void close() {
    StoreThreads.end(thread);
  }
}
