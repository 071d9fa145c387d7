package dev.keyling.sharding;

import com.typesafe.config.ConfigFactory;
import dev.keyling.semantics.world.DrivenStep;
import dev.keyling.semantics.world.HandClock;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.semantics.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The third world: jobs of the sharded runtime, one per test, on one LevelDB store. */
public final class ShardedWorld implements World {
  static final int KEY_GROUPS = 4;

  private final HandClock clock = new HandClock();
  private final Path dir;
  private final LocalSystem system;
  private int runs;

  public ShardedWorld() throws IOException {
    dir = Files.createTempDirectory("semantics");
    system =
        LocalSystem.start(
            "semantics",
            ConfigFactory.parseMap(
                Map.of(
                    "keyling.persistence.leveldb.dir", dir.toString(),
                    "keyling.persistence.leveldb.key-groups", KEY_GROUPS,
                    "keyling.actors.max-timer-sleep", "1ms",
                    "keyling.actors.flush-interval", "20ms",
                    "keyling.sharding.source-poll-interval", "1ms",
                    "keyling.sharding.watermark-interval", "0ms",
                    "pekko.scheduler.tick-duration", "1ms",
                    "pekko.loglevel", "OFF",
                    "pekko.stdout-loglevel", "OFF")),
            clock);
  }

  @Override
  public String name() {
    return "sharded runtime";
  }

  @Override
  public <K, I, O> StepRun<K, I, O> run(StepUnderTest<K, I, O> step) {
    clock.set(0);
    return new DrivenStep<>(step, new JobEngine(system, "test-" + ++runs, step), clock);
  }

  @Override
  public int affordable(int turns) {
    return turns / 6;
  }

  @Override
  public void close() {
    system.close();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
