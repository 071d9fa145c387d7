package dev.keyling.persistence.leveldb.database;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.files.LogSync;
import dev.keyling.persistence.leveldb.files.SyncedMark;
import dev.keyling.persistence.leveldb.record.BatchChain;
import dev.keyling.persistence.leveldb.record.Changes;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a store. Everything that waits goes into one batch, which is synchronized if
 * anything in it asks for that; the first error is the last write. A disk that is short of space is
 * no error: then all that waits is refused, and later writes are tried again. Thread-safe.
 */
final class GroupCommit {

  private record Request(Changes changes, Durability durability, CompletableFuture<Void> done) {}

  private final DB db;
  private final Path directory;
  private final LevelDbSettings settings;
  private final FreeSpace space;
  private final LogSync logs;
  private final SyncedMark mark;
  private final Thread thread;

  // guarded by this
  private final ArrayDeque<Request> queue = new ArrayDeque<>();
  private long waitingBytes;
  private boolean closing;
  private @Nullable StoreException failure;

  /** Why everything is refused while those who wait are told. */
  private @Nullable StoreException shortage;

  private StoreCounts counts = new StoreCounts(0, 0, 0, 0);

  // only the writer's thread, until it has ended
  private BatchChain last;
  private long synced;
  private @Nullable StoreException closingError;

  /** Starts the writer; {@code last} is the newest batch that is stored. */
  GroupCommit(DB db, Path directory, LevelDbSettings settings, FreeSpace space, BatchChain last) {
    this.db = db;
    this.directory = directory;
    this.settings = settings;
    this.space = space;
    this.last = last;
    this.synced = last.number(); // LevelDB moved the logs into synchronized tables when it opened
    this.logs = new LogSync(directory);
    this.mark = new SyncedMark(directory);
    this.thread = StoreThreads.of("writer", directory).newThread(this::run);
    thread.start();
  }

  /** Hands changes over; the future is completed in the writer's thread: do not block it. */
  CompletableFuture<Void> submit(Changes changes, Durability durability) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    StoreException refused;
    synchronized (this) {
      refused = refusal();
      if (refused == null) {
        queue.add(new Request(changes, durability, done));
        waitingBytes += changes.bytes();
        notifyAll();
      }
    }
    if (refused != null) {
      done.completeExceptionally(refused);
    }
    return done;
  }

  private synchronized @Nullable StoreException refusal() {
    if (closing) {
      return new StoreException("the store is closed: " + directory);
    }
    return failure == null ? shortage : failure;
  }

  /**
   * Waits while too many bytes wait to be written: so a slow disk holds back those who call this
   * before they hand over, instead of filling the memory. Returns at once when nothing is written
   * any more. Not for the writer's thread.
   */
  synchronized void awaitRoom() {
    boolean interrupted = false;
    while (waitingBytes >= settings.maxWaitingBytes() && refusal() == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized StoreCounts counts() {
    return counts;
  }

  /**
   * Checks that what is read is what was acknowledged: after a failed write it may be more.
   *
   * @throws StoreException if a write has failed
   */
  synchronized void checkReadable() {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Writes what was handed over, synchronizes it, and ends.
   *
   * @throws StoreException if the last synchronization fails; then the writer has ended as well
   */
  void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    mark.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (closingError != null) {
      throw closingError;
    }
  }

  private void run() {
    for (List<Request> batch = take(); !batch.isEmpty(); batch = take()) {
      space.beforeWriting();
      StoreException error;
      try {
        StoreException shortage = space.refusal(bytes(batch));
        error = shortage == null ? write(batch) : refuseAll(batch, shortage);
      } finally {
        space.written();
      }
      answer(batch, error);
    }
    synchronize();
  }

  /**
   * Refuses what waits as well, and whoever comes before all of them are told: a write behind a
   * refused one may build on it.
   */
  private synchronized StoreException refuseAll(List<Request> batch, StoreException why) {
    shortage = why;
    batch.addAll(queue);
    queue.clear();
    return why;
  }

  private void answer(List<Request> batch, @Nullable StoreException error) {
    for (Request request : batch) {
      if (error == null) {
        request.done().complete(null);
      } else {
        request.done().completeExceptionally(error);
      }
    }
    synchronized (this) {
      shortage = null;
      waitingBytes -= bytes(batch);
      notifyAll();
    }
  }

  private static long bytes(List<Request> batch) {
    return batch.stream().mapToLong(request -> request.changes().bytes()).sum();
  }

  /** Synchronizes what was written before the store is closed. */
  private void synchronize() {
    synchronized (this) {
      if (failure != null) {
        return;
      }
    }
    if (synced < last.number()) {
      space.beforeWriting();
      try {
        Request lastWords = new Request(new Changes(), Durability.DISK, new CompletableFuture<>());
        closingError = space.refusal(0) == null ? write(List.of(lastWords)) : null;
      } finally {
        space.written();
      }
    }
  }

  private synchronized List<Request> take() {
    while (queue.isEmpty() && !closing) {
      try {
        wait();
      } catch (InterruptedException e) {
        // nobody interrupts the writer: it ends when the store is closed
      }
    }
    List<Request> batch = new ArrayList<>();
    long bytes = 0;
    while (!queue.isEmpty() && (batch.isEmpty() || bytes < settings.maxBatchBytes())) {
      Request request = queue.remove();
      batch.add(request);
      bytes += request.changes().bytes();
    }
    return batch;
  }

  private @Nullable StoreException write(List<Request> requests) {
    synchronized (this) {
      if (failure != null) {
        return failure;
      }
    }
    boolean sync = requests.stream().anyMatch(r -> r.durability() == Durability.DISK);
    BatchChain chain = last.next(requests.stream().map(Request::changes).toList(), synced);
    try (WriteBatch batch = db.createWriteBatch()) {
      batch.put(BatchChain.key(), chain.toValue());
      for (Request request : requests) {
        add(request.changes(), batch);
      }
      db.write(batch, new WriteOptions().sync(sync));
      if (sync) {
        logs.synced(synced == last.number());
        mark.set(chain);
        synced = chain.number();
      }
      last = chain;
      synchronized (this) {
        counts = counts.plus(requests.size(), sync);
      }
      return null;
    } catch (Exception | Error e) {
      StoreException error =
          new StoreException(
              "cannot write to the store in "
                  + directory
                  + " and will not try again: "
                  + e.getMessage()
                  + "; check the disk, then start again",
              e);
      synchronized (this) {
        failure = error;
        notifyAll();
      }
      return error;
    }
  }

  private static void add(Changes changes, WriteBatch batch) {
    for (Changes.Change change : changes.list()) {
      byte[] value = change.value();
      if (value == null) {
        batch.delete(change.key());
      } else {
        batch.put(change.key(), value);
      }
    }
  }
}
