package dev.keyling.sharding;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An actor system for tests: few key groups, a store in a directory, bounded waiting. */
final class TestSystem implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LocalSystem local;

  private TestSystem(LocalSystem local) {
    this.local = local;
  }

  /**
   * Starts a system.
   *
   * @param settings pairs of path and value, over those of all tests
   */
  static TestSystem start(Path dir, String... settings) {
    return start(dir, InstantSource.system(), settings);
  }

  /** Starts a system with a clock of the test's. */
  static TestSystem start(Path dir, InstantSource clock, String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("keyling.persistence.leveldb.dir", dir.toString());
    all.put("keyling.persistence.leveldb.key-groups", "8");
    all.put("pekko.loglevel", "WARNING");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    Config config = ConfigFactory.parseMap(all);
    return new TestSystem(LocalSystem.start("test", config, clock));
  }

  Job run(Dataflow flow) {
    return local.keyling().run(flow);
  }

  /** Runs a dataflow to its end; throws what failed it. */
  void finish(Dataflow flow) {
    await(run(flow).completion());
  }

  LocalSystem local() {
    return local;
  }

  /** Waits until a job runs. */
  static Job running(Job job) {
    until("it runs", () -> job.status() == JobStatus.RUNNING);
    return job;
  }

  /** Waits for a stage, and throws what it failed with. */
  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("nothing came within " + PATIENCE, e);
    }
  }

  /** Waits until something is so. */
  static void until(String what, BooleanSupplier condition) {
    until(what, PATIENCE, condition);
  }

  /** Waits until something is so that may take long. */
  static void until(String what, Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    local.close();
  }
}
