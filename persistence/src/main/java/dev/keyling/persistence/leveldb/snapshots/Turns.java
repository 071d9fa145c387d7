package dev.keyling.persistence.leveldb.snapshots;

import dev.keyling.persistence.leveldb.database.Tidying;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets the changes of one id happen one after the other, in the order they were asked for. Forgets
 * an id when nothing of it is under way. Thread-safe.
 */
final class Turns {

  private final ConcurrentHashMap<String, CompletableFuture<Void>> newest =
      new ConcurrentHashMap<>();

  /** Starts the work in this executor once all earlier work of the id has ended, well or badly. */
  CompletableFuture<Void> take(
      String id, Executor executor, Supplier<CompletableFuture<Void>> work) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    CompletableFuture<Void> before = newest.put(id, turn);
    CompletableFuture<Void> ready =
        before == null
            ? CompletableFuture.completedFuture(null)
            : before.handle((done, failed) -> null);
    return Tidying.answer(
        ready.thenComposeAsync(done -> work.get(), executor),
        () -> {
          newest.remove(id, turn);
          turn.complete(null);
        });
  }

  /** Completes when the work of this id that was asked for so far has ended, well or badly. */
  CompletableFuture<Void> ended(String id) {
    return newest.getOrDefault(id, CompletableFuture.completedFuture(null));
  }
}
