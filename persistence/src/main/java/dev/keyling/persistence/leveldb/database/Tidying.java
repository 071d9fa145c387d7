package dev.keyling.persistence.leveldb.database;

import dev.keyling.persistence.StoreException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** The background thread of a store: what a flush supersedes and what a journal may forget. */
public final class Tidying implements Executor, AutoCloseable {

  private final Path dir;
  private final Runnable room;
  private final ExecutorService thread;

  /** Starts the thread; it runs {@code room} before each step, to wait until there is room. */
  Tidying(Path dir, Runnable room) {
    this.dir = dir;
    this.room = room;
    this.thread = Executors.newSingleThreadExecutor(StoreThreads.of("tidying", dir));
  }

  /** Runs a step that ends with a write, and completes when that is done. */
  public CompletableFuture<Void> run(Supplier<CompletableFuture<Void>> step) {
    try {
      return CompletableFuture.<Void>completedFuture(null)
          .thenComposeAsync(
              ready -> {
                room.run();
                return step.get();
              },
              this);
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns a future for outsiders that fails with the cause itself, after {@code done} ran. */
  public static CompletableFuture<Void> answer(CompletableFuture<Void> work, Runnable done) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    var unused =
        work.whenComplete(
            (ok, error) -> {
              done.run();
              if (error == null) {
                answer.complete(null);
              } else {
                Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                answer.completeExceptionally(cause == null ? error : cause);
              }
            });
    return answer;
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      throw new StoreException("the store is closed: " + dir, e);
    }
  }

  /** Finishes what was asked for. */
  @Override
  public void close() {
    StoreThreads.end(thread);
  }
}
