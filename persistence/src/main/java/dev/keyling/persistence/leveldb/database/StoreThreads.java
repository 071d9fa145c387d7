package dev.keyling.persistence.leveldb.database;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The background threads of a store: named after it, and none keeps a process alive. */
final class StoreThreads {

  private StoreThreads() {}

  /** Returns a maker of threads that do this for the store in this directory. */
  static ThreadFactory of(String what, Path dir) {
    return task -> {
      Thread daemon = new Thread(task, "keyling-store-" + what + " " + dir);
      daemon.setDaemon(true);
      return daemon;
    };
  }

  /** Takes no new tasks and waits for those that there are; a task is long, not endless. */
  static void end(ExecutorService threads) {
    threads.shutdown();
    try {
      while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        // goes on waiting
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
