package dev.keyling.examples.cli;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Shows how far a run is, twice a second, until it is closed. */
final class Progress implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 500;

  private final ProgressLine line;
  private final String name;
  private final LongSupplier elements;
  private final LongSupplier checkpoints;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "keyling-progress");
            thread.setDaemon(true);
            return thread;
          });
  private long before;
  private long beforeNanos = System.nanoTime();

  Progress(ProgressLine line, String name, LongSupplier elements, LongSupplier checkpoints) {
    this.line = line;
    this.name = name;
    this.elements = elements;
    this.checkpoints = checkpoints;
  }

  void start() {
    timer.scheduleWithFixedDelay(
        this::show, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void show() {
    long now = elements.getAsLong();
    long nanos = System.nanoTime();
    double perSecond = (now - before) * 1e9 / Math.max(1, nanos - beforeNanos);
    line.show(
        String.format(
            Locale.ROOT,
            "%s: %,d elements, %,.0f/s, %,d checkpoints",
            name,
            now,
            perSecond,
            checkpoints.getAsLong()));
    before = now;
    beforeNanos = nanos;
  }

  /** Stops and erases the line. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      timer.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    line.hide();
  }
}
