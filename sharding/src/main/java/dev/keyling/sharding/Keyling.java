package dev.keyling.sharding;

import com.typesafe.config.Config;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.actors.ActorsSettings;
import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.StepHost;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.StepDefinition;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.plan.Plan;
import dev.keyling.sharding.embedded.Groups;
import dev.keyling.sharding.job.Beginning;
import dev.keyling.sharding.job.JobCounts;
import dev.keyling.sharding.job.JobHandle;
import dev.keyling.sharding.job.JobParts;
import dev.keyling.sharding.job.JobSettings;
import dev.keyling.sharding.job.PlanCheck;
import dev.keyling.sharding.job.StoredCheckpoints;
import dev.keyling.sharding.region.GroupRegions;
import dev.keyling.sharding.source.PekkoSink;
import dev.keyling.sharding.source.PekkoSource;
import dev.keyling.state.TypeInformation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** Keyling in a Pekko application: runs dataflows and keyed steps on its actor system. */
public final class Keyling implements Extension {
  private static final ExtensionId<Keyling> ID =
      new ExtensionId<>() {
        @Override
        public Keyling createExtension(ActorSystem<?> system) {
          return new Keyling(system);
        }
      };

  /** The phase of the shutdown has 5 s by default, and the key groups want some of it. */
  private static final long LAST_CHECKPOINT_SECONDS = 3;

  private final ActorSystem<?> system;
  private final InstantSource clock;
  private final GroupRegions regions;
  private final JobSettings settings;
  private final ActorsSettings actors;
  private final Map<String, JobHandle> jobs = new ConcurrentHashMap<>();
  private final Map<String, KeyedRef<?, ?, ?>> embedded = new ConcurrentHashMap<>();

  private Keyling(ActorSystem<?> system) {
    this.system = system;
    Config config = system.settings().config();
    if (!config.getString("pekko.actor.provider").equals("cluster")) {
      throw new IllegalStateException(
          "Keyling needs a cluster, of one node if need be; put into application.conf:"
              + " pekko.actor.provider = cluster"
              + " and pekko.cluster.seed-nodes = [\"pekko://<system>@<host>:<port>\"]");
    }
    this.clock =
        system
            .settings()
            .setup()
            .get(ClockSetup.class)
            .map(ClockSetup::clock)
            .orElse(InstantSource.system());
    this.regions = new GroupRegions(system);
    this.settings = JobSettings.from(config);
    this.actors = ActorsSettings.from(config);
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(), "keyling-stop-jobs", this::stopJobs);
  }

  /** The system goes down: jobs take a last checkpoint and stop, before their key groups go. */
  private CompletionStage<Done> stopJobs() {
    List<CompletableFuture<?>> stopping = new ArrayList<>();
    for (JobHandle job : jobs.values()) {
      if (!job.completion()
          .toCompletableFuture()
          .isDone()) { // one that restarts must not do so now
        stopping.add(
            job.triggerCheckpoint()
                .toCompletableFuture()
                .orTimeout(LAST_CHECKPOINT_SECONDS, TimeUnit.SECONDS)
                .handle((checkpoint, failure) -> job.suspend())
                .thenCompose(cancelling -> cancelling));
      }
    }
    return CompletableFuture.allOf(stopping.toArray(CompletableFuture[]::new))
        .handle((done, failure) -> Done.getInstance());
  }

  /** Refuses to wait for a cluster that this node will never be in. */
  private void requireCluster() {
    boolean joining =
        !system.settings().config().getStringList("pekko.cluster.seed-nodes").isEmpty()
            || system.settings().config().hasPath("pekko.management.cluster.bootstrap");
    MemberStatus status = Cluster.get(system).selfMember().status();
    if (!joining && status == MemberStatus.removed()) {
      throw new IllegalStateException(
          "this node is in no cluster, so its key groups have no home; put into application.conf:"
              + " pekko.cluster.seed-nodes = [\"pekko://"
              + system.name()
              + "@<host>:<port>\"], or join it to itself before");
    }
  }

  /**
   * Returns the extension of a system.
   *
   * @throws IllegalStateException if the system is no cluster node; says how to make it one
   */
  public static Keyling get(ActorSystem<?> system) {
    return ID.apply(system);
  }

  /** Opens the store; called before the first persistent actor starts. */
  private RowStore rows() {
    return EmbeddedStore.get(system).rows();
  }

  /**
   * Starts a dataflow, which goes on from its last completed checkpoint if there is one.
   *
   * @throws IllegalStateException if a dataflow of this name runs already
   * @throws IllegalArgumentException if a source has no positions and the mode is exactly-once, or
   *     a sink is idempotent
   * @throws dev.keyling.persistence.StoreException if the store cannot be opened
   */
  public Job run(Dataflow flow) {
    return run(flow.plan());
  }

  Job run(Plan plan) {
    return run(plan, new Beginning.Newest());
  }

  /**
   * Starts a dataflow at a retained checkpoint: states, timers and positions are as they were then,
   * and what came after it never was. From then on the job goes on as any other, so a later {@code
   * run(flow)} goes on from its newest checkpoint. Sinks bring the outside in line, or refuse: see
   * {@link dev.keyling.connector.LinesSink#truncateOnRestore()}.
   *
   * @param from one of those that {@link Job#retainedCheckpoints()} or {@link #checkpoints} names
   * @throws IllegalArgumentException also if checkpointing is off; the job fails if the checkpoint
   *     is not retained any more
   * @see #run(Dataflow)
   */
  public Job run(Dataflow flow, Checkpoint from) {
    return run(PlanCheck.withCheckpoints(flow.plan()), new Beginning.Retained(from.id()));
  }

  /**
   * Starts a dataflow with a savepoint: states, timers and positions are as it has them. What the
   * store had of the dataflow before does not count any more, once the savepoint is in the store as
   * a whole; until then nothing has happened. The store may have another number of key groups than
   * the savepoint, and the program may have other steps: new ones begin with nothing, and what the
   * program no longer has is refused unless {@link Savepoint#allowNonRestoredState()}. Sinks bring
   * the outside in line, or refuse.
   *
   * @throws IllegalArgumentException also if checkpointing is off; the job fails if the savepoint
   *     is damaged or does not fit the program
   * @see #run(Dataflow)
   */
  public Job run(Dataflow flow, Savepoint from) {
    return run(PlanCheck.withCheckpoints(flow.plan()), new Beginning.Saved(from));
  }

  /**
   * Returns the checkpoints of a dataflow that can be restored, oldest first, from its journal;
   * none if nothing is stored of it. If it runs here, as {@link Job#retainedCheckpoints()}.
   *
   * @param dataflow its name
   */
  public CompletionStage<List<Checkpoint>> checkpoints(String dataflow) {
    Job running = jobs.get(dataflow);
    if (running != null && !running.completion().toCompletableFuture().isDone()) {
      return running.retainedCheckpoints();
    }
    rows(); // opens the store
    return StoredCheckpoints.of(dataflow, system);
  }

  private Job run(Plan plan, Beginning beginning) {
    requireCluster();
    PlanCheck.check(plan);
    boolean stored = plan.checkpoints().isCheckpointingEnabled();
    JobParts parts =
        new JobParts(
            system,
            plan,
            settings,
            actors,
            regions,
            stored ? rows() : null,
            clock,
            new JobCounts());
    return jobs.compute(
        plan.name(),
        (name, running) -> {
          if (running != null && !running.completion().toCompletableFuture().isDone()) {
            throw new IllegalStateException(
                "dataflow \"" + name + "\" runs already; cancel it, or give this one another name");
          }
          return JobHandle.start(parts, beginning);
        });
  }

  /**
   * Runs a keyed step by itself, for {@code ask} and as a flow in the application's own streams.
   *
   * @param name state is stored under it; the same name gives the same step
   */
  @SuppressWarnings("unchecked") // the same name is the same step, of the same types
  public <K, I, O> KeyedRef<K, I, O> keyed(
      String name,
      TypeInformation<K> keyType,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory) {
    return (KeyedRef<K, I, O>)
        embedded.computeIfAbsent(
            name,
            n -> {
              Dataflow.requireStepId(n);
              return embed(n, keyType, factory);
            });
  }

  @SuppressWarnings("unchecked") // the engine handles keys and elements as objects
  private <K, I, O> KeyedRef<K, I, O> embed(
      String name,
      TypeInformation<K> keyType,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, I, O>> factory) {
    requireCluster();
    RowStore rows = rows();
    StepDefinition<K, I, O> definition =
        new StepDefinition<>(
            "embedded." + name,
            name,
            KeyCodec.of(keyType, "embedded step \"" + name + "\""),
            settings.keyGroups(),
            factory,
            List.of(),
            false);
    StepDefinition<Object, Object, Object> untyped =
        (StepDefinition<Object, Object, Object>) (StepDefinition<?, ?, ?>) definition;
    Groups groups =
        new Groups(
            regions.host(StepHost.of(untyped, StepHost.Commits.BATCHES, rows, actors, clock)),
            untyped.keys(),
            settings.keyGroups(),
            settings.maxRound(),
            settings.answerTimeout());
    // nobody sleeps through a timer: not at the start, and not when a group was lost
    system
        .scheduler()
        .scheduleAtFixedRate(
            Duration.ZERO,
            settings.wakeInterval(),
            () -> groups.wake(new GroupCommand.Wake(null)),
            system.executionContext());
    return new EmbeddedStep<>(system, groups);
  }

  /** Makes a source of a Pekko source; it has no positions. */
  public static <T> dev.keyling.connector.Source<T> source(Source<T, ?> source) {
    return new PekkoSource<>(source, false);
  }

  /** Makes a sink of a Pekko sink; after a restart it may get elements again. */
  public static <T> AtLeastOnceSink<T> sink(Sink<T, ?> sink) {
    return new PekkoSink<>(sink);
  }
}
