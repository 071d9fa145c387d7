package dev.keyling.sharding;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.StoreAhead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.slf4j.LoggerFactory;

/**
 * An actor system of Keyling's own, for programs that are not Pekko applications: a cluster of one
 * node that has joined itself, listening on 127.0.0.1 only. A store that is there already is opened
 * beside its start.
 */
public final class LocalSystem implements AutoCloseable {
  private static final long MILLISECOND = 1_000_000;
  private static final Duration JOINING = Duration.ofSeconds(30);
  private static final Duration STOPPING = Duration.ofSeconds(30);

  private final ActorSystem<Void> system;

  private LocalSystem(ActorSystem<Void> system) {
    this.system = system;
  }

  /**
   * Starts the system.
   *
   * @param name of the actor system
   * @param config goes before the application's configuration, such as {@code
   *     keyling.persistence.leveldb.dir}
   */
  public static LocalSystem start(String name, Config config) {
    return start(name, config, InstantSource.system());
  }

  /**
   * Starts the system with a clock of the caller's, as {@link ClockSetup} says.
   *
   * @param name of the actor system
   * @param config goes before the application's configuration
   */
  public static LocalSystem start(String name, Config config, InstantSource clock) {
    Config local =
        ConfigFactory.parseResources(LocalSystem.class.getClassLoader(), "keyling-local.conf");
    Config application =
        ConfigFactory.defaultOverrides()
            .withFallback(config)
            .withFallback(ConfigFactory.defaultApplication())
            .withFallback(local)
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    LoggerFactory.getILoggerFactory(); // before two threads begin to log: it warns of that
    StoreAhead store = StoreAhead.of(application);
    ActorSystemSetup setup =
        ActorSystemSetup.create(BootstrapSetup.create(application), new ClockSetup(clock), store);
    ActorSystem<Void> system;
    try {
      system = ActorSystem.create(Behaviors.empty(), name, setup);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
    Adapter.toClassic(system).registerOnTermination(store::close);
    LocalSystem started = new LocalSystem(system);
    try {
      started.join();
    } catch (RuntimeException e) {
      system.terminate();
      throw e;
    }
    return started;
  }

  private void join() {
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    long end = System.nanoTime() + JOINING.toNanos();
    while (cluster.selfMember().status() != MemberStatus.up()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the system was not up within " + JOINING);
      }
      LockSupport.parkNanos(MILLISECOND);
    }
  }

  /** Returns the extension. */
  public Keyling keyling() {
    return Keyling.get(system);
  }

  public ActorSystem<?> system() {
    return system;
  }

  /** Stops the system and waits until it has stopped and the store is closed. */
  @Override
  public void close() {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(STOPPING.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreException("the actor system did not stop within " + STOPPING, e);
    }
  }
}
