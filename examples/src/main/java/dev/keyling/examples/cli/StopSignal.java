package dev.keyling.examples.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a polite kill, while a job runs. The JVM waits until this is closed, so that the job
 * can be stopped in good order, and then ends with the exit code of the signal.
 */
final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "keyling-stop");

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    asked.complete(null);
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("keyling: the job does not stop; it is left as it is");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Completes when the process is asked to stop. */
  CompletableFuture<Void> asked() {
    return asked;
  }

  @Override
  public void close() {
    closed.countDown();
    if (!asked.isDone()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // it has just been asked; the hook finds this closed
      }
    }
  }
}
