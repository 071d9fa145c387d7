package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
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
 * anything in it asks for that; the first error is the last write. Thread-safe.
 */
final class GroupCommit {

  private record Request(Changes changes, Durability durability, CompletableFuture<Void> done) {}

  private final DB db;
  private final Path directory;
  private final long maxBatchBytes;
  private final LogSync logs;
  private final Thread thread;

  // guarded by this
  private final ArrayDeque<Request> queue = new ArrayDeque<>();
  private boolean closing;
  private @Nullable StoreException failure;
  private StoreCounts counts = new StoreCounts(0, 0, 0, 0);

  // only the writer's thread
  private BatchChain last;
  private long synced;

  /** Starts the writer; {@code last} is the newest batch that is stored. */
  GroupCommit(DB db, Path directory, long maxBatchBytes, BatchChain last) {
    this.db = db;
    this.directory = directory;
    this.maxBatchBytes = maxBatchBytes;
    this.last = last;
    this.synced = last.number(); // LevelDB moved the logs into synchronized tables when it opened
    this.logs = new LogSync(directory);
    this.thread = new Thread(this::run, "keyling-store-writer " + directory);
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands changes over; the future is completed in the writer's thread: do not block it. */
  CompletableFuture<Void> submit(Changes changes, Durability durability) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    StoreException refused;
    synchronized (this) {
      refused = closing ? new StoreException("the store is closed: " + directory) : failure;
      if (refused == null) {
        queue.add(new Request(changes, durability, done));
        notifyAll();
      }
    }
    if (refused != null) {
      done.completeExceptionally(refused);
    }
    return done;
  }

  synchronized StoreCounts counts() {
    return counts;
  }

  /** Writes what was handed over, synchronizes it, and ends. */
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
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (List<Request> batch = take(); !batch.isEmpty(); batch = take()) {
      StoreException error = write(batch);
      for (Request request : batch) {
        if (error == null) {
          request.done().complete(null);
        } else {
          request.done().completeExceptionally(error);
        }
      }
    }
    synchronized (this) {
      if (failure != null) {
        return;
      }
    }
    if (synced < last.number()) {
      StoreException ignored = write(List.of(lastWords()));
    }
  }

  private static Request lastWords() {
    return new Request(new Changes(), Durability.DISK, new CompletableFuture<>());
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
    while (!queue.isEmpty() && (batch.isEmpty() || bytes < maxBatchBytes)) {
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
      batch.put(BatchChain.KEY, chain.toValue());
      for (Request request : requests) {
        add(request.changes(), batch);
      }
      db.write(batch, new WriteOptions().sync(sync));
      if (sync) {
        logs.synced(synced == last.number());
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
