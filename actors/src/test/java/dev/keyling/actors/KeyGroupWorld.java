package dev.keyling.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.semantics.world.DrivenStep;
import dev.keyling.semantics.world.HandClock;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.semantics.world.World;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** The second world: key groups with real key actors, on Pekko's journal in memory. */
public final class KeyGroupWorld implements World {
  private static final Config SETTINGS =
      ConfigFactory.parseMap(
          Map.of(
              "keyling.actors.journal", "pekko.persistence.journal.inmem",
              "keyling.actors.flush-interval", "1d",
              "pekko.loglevel", "OFF",
              "pekko.stdout-loglevel", "OFF"));

  private final ActorTestKit kit =
      ActorTestKit.create("semantics", SETTINGS.withFallback(ConfigFactory.load()));
  private int runs;

  @Override
  public String name() {
    return "key group";
  }

  @Override
  public <K, I, O> StepRun<K, I, O> run(StepUnderTest<K, I, O> step) {
    HandClock clock = new HandClock();
    return new DrivenStep<>(step, new KeyGroupEngine(kit, "test-" + ++runs, step, clock), clock);
  }

  @Override
  public int affordable(int turns) {
    return turns / 3;
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
