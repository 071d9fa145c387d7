package dev.keyling.examples.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.sharding.LocalSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * Runs a dataflow on an actor system of its own, until it ends or the user stops it.
 *
 * @param data where its state is kept; empty: nowhere
 */
record Runner(Streams streams, ProgressLine line, Tally tally, Optional<Path> data) {
  /** What a shell says of a program that Ctrl-C has ended. */
  private static final int STOPPED = 130;

  private static final long CANCEL_SECONDS = 10;

  /** Returns the exit code; throws what failed the job. */
  int run(String example, Dataflow flow) {
    // before the many threads of the actor system, which would find the log half made
    LoggerFactory.getLogger(Runner.class).debug("running {}", example);
    try (StopSignal signal = new StopSignal()) {
      Optional<Duration> took = runToTheEnd(example, flow, signal);
      streams.out().flush();
      streams
          .err()
          .println(took.map(time -> tally.summary(example, time)).orElseGet(this::stopped));
      return took.isPresent() ? 0 : STOPPED;
    }
  }

  /** Returns how long it took; nothing if it was stopped. */
  private Optional<Duration> runToTheEnd(String example, Dataflow flow, StopSignal signal) {
    long start = System.nanoTime();
    try (LocalSystem system = LocalSystem.start("keyling", config(example))) {
      boolean ended = await(example, system.keyling().run(flow), signal);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return ended ? Optional.of(took) : Optional.empty();
    } catch (RuntimeException e) {
      if (signal.asked().isDone()) {
        return Optional.empty(); // a JVM that ends refuses this and that
      }
      throw e;
    }
  }

  /** What differs from the configuration of the application. */
  private Config config(String example) {
    // the signal stops the job first, and the actor system after it
    String hook = "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook";
    Config config = ConfigFactory.parseMap(Map.of(hook, "off"));
    return data.map(
            directory ->
                Map.of(
                    "keyling.persistence.leveldb.dir",
                    absolute(directory),
                    "keyling.persistence.leveldb.owner",
                    example))
        .map(kept -> ConfigFactory.parseMap(kept).withFallback(config))
        .orElse(config);
  }

  private static String absolute(Path directory) {
    return directory.toAbsolutePath().normalize().toString();
  }

  /** Waits for the end of the job; false if it was stopped. */
  private boolean await(String example, Job job, StopSignal signal) {
    CompletableFuture<Void> completion = job.completion().toCompletableFuture();
    try (Progress progress = progressOf(example, job)) {
      if (Terminal.isAtStderr()) {
        progress.start();
      }
      CompletableFuture.anyOf(completion, signal.asked()).join();
    }
    if (completion.isDone()) {
      return true;
    }
    cancel(job);
    return false;
  }

  private Progress progressOf(String example, Job job) {
    return new Progress(line, example, tally.read::sum, () -> job.progress().checkpoints());
  }

  private static void cancel(Job job) {
    try {
      job.cancel().toCompletableFuture().get(CANCEL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | CompletionException e) {
      // it is stopped with its actor system in any case; what is kept is the last checkpoint
    }
  }

  private String stopped() {
    return data.isPresent()
        ? "keyling: stopped; the same command goes on where the last checkpoint left it"
        : "keyling: stopped; nothing was kept, a run with --data DIR can be continued";
  }
}
