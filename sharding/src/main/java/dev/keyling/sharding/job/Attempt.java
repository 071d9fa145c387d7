package dev.keyling.sharding.job;

import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.GroupEvent;
import dev.keyling.actors.GroupOutput;
import dev.keyling.connector.Restored;
import dev.keyling.persistence.History;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.sharding.lane.SourceStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job: its key groups in this life, its barriers, sinks and lanes. Starts in this
 * order: key groups and sinks open; output lanes; source lanes. Runs in the coordinator's thread.
 */
final class Attempt {
  final int number;
  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final @Nullable Manifest base;
  private final long firstId;
  private final long incarnation = ThreadLocalRandom.current().nextLong();
  private final Lanes lanes;
  private final List<Step> steps = new ArrayList<>();
  private final List<org.apache.pekko.actor.typed.ActorRef<Object>> sinks = new ArrayList<>();
  private final List<ActorRef> sources = new ArrayList<>();
  private final SharedKillSwitch killSwitch;
  private final LaneStarter starter;
  private int toOpen;
  private int homesToCome;
  private int sourcesToCome;

  /** A keyed step in this attempt. */
  private static final class Step {
    final KeyedNode node;
    final List<org.apache.pekko.actor.typed.@Nullable ActorRef<GroupCommand>> groups;
    final long[] soonest;
    final @Nullable ActorRef[] homes;
    org.apache.pekko.actor.typed.@Nullable ActorRef<Object> barrier;

    Step(KeyedNode node, int groups, int homes) {
      this.node = node;
      this.groups = new ArrayList<>(java.util.Collections.nCopies(groups, null));
      this.soonest = new long[groups];
      this.homes = new ActorRef[homes];
    }
  }

  Attempt(
      ActorContext<JobMessage> context,
      JobParts parts,
      int number,
      long firstId,
      @Nullable Manifest base)
      throws Exception {
    this.context = context;
    this.parts = parts;
    this.number = number;
    this.firstId = firstId;
    this.base = base;
    this.lanes = new Lanes(parts.plan(), parts.settings().homeLanes());
    this.killSwitch = KillSwitches.shared("attempt-" + number);
    this.starter =
        new LaneStarter(
            parts,
            this,
            AttemptTeller.of(number, context, parts.elements()),
            killSwitch,
            base);
  }

  boolean checkpoints() {
    return parts.plan().checkpoints().isCheckpointingEnabled();
  }

  private void tell(JobMessage message) {
    context.getSelf().tell(message);
  }

  /** First: opens key groups and sinks. */
  void open(History history) {
    int groups = parts.settings().keyGroups();
    for (KeyedNode node : parts.plan().steps()) {
      int index = steps.size();
      Step step = new Step(node, groups, parts.settings().homeLanes());
      steps.add(step);
      org.apache.pekko.actor.typed.ActorRef<ShardingEnvelope<GroupCommand>> region =
          parts.regions().host(StepHosts.hostOf(parts, node));
      org.apache.pekko.actor.typed.ActorRef<GroupEvent> events =
          context.spawnAnonymous(
              org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage(
                  (GroupEvent event) -> {
                    tell(new JobMessage.GroupSays(number, index, event));
                    return org.apache.pekko.actor.typed.javadsl.Behaviors.same();
                  }));
      long watermark = watermarkOf(node);
      for (int group = 0; group < groups; group++) {
        Stamp stamp = new Stamp(number, incarnation, firstId - 1);
        region.tell(
            new ShardingEnvelope<>(
                Integer.toString(group),
                new GroupCommand.Open(stamp, history, firstId, watermark, events)));
        toOpen++;
      }
    }
    for (SinkNode node : parts.plan().sinks()) {
      sinks.add(
          context.spawnAnonymous(
              SinkActor.create(sinkSetup(node, sinks.size())),
              DispatcherSelector.fromConfig(parts.settings().sourceDispatcher())));
      toOpen++;
    }
  }

  private SinkActor.Setup sinkSetup(SinkNode node, int index) {
    Restored restored = null;
    if (base != null) {
      restored =
          new Restored(base.id(), base.handles().getOrDefault(node.stepId(), List.of()));
    }
    return new SinkActor.Setup(
        index, number, node, lanes.endingIn(node), checkpoints(), restored, this::tell);
  }

  private long watermarkOf(KeyedNode node) {
    return base == null
        ? Long.MIN_VALUE
        : base.watermarks().getOrDefault(node.stepId(), Long.MIN_VALUE);
  }

  /** A sink is open. */
  void sinkReady() {
    opened();
  }

  void on(JobMessage.GroupSays says) {
    Step step = steps.get(says.step());
    if (says.event() instanceof GroupEvent.Opened opened) {
      step.groups.set(opened.group(), opened.self());
      step.soonest[opened.group()] = opened.soonest();
      context.watchWith(
          opened.self(), new JobMessage.GroupLost(number, says.step(), opened.group()));
      opened();
    } else if (says.event() instanceof GroupEvent.TimersDue due && step.barrier != null) {
      step.barrier.tell(due);
    }
  }

  private void opened() {
    if (--toOpen == 0) {
      startHomeLanes();
    }
  }

  /** Second: barriers and output lanes. */
  private void startHomeLanes() {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      step.barrier =
          context.spawnAnonymous(
              StepBarrier.create(
                  new StepBarrier.Setup(
                      i,
                      number,
                      incarnation,
                      lanes.endingIn(step.node),
                      firstId - 1,
                      watermarkOf(step.node),
                      groupsOf(step),
                      step.soonest,
                      this::tell)),
              DispatcherSelector.fromConfig(parts.actors().dispatcher()));
    }
    homesToCome = lanes.homeLanes().size();
    lanes.homeLanes().forEach(starter::startHome);
    if (homesToCome == 0) {
      startSourceLanes();
    }
  }

  private static List<org.apache.pekko.actor.typed.ActorRef<GroupCommand>> groupsOf(Step step) {
    return step.groups.stream().map(group -> Objects.requireNonNull(group)).toList();
  }

  static String generatorName(Lanes.Lane lane, int node) {
    return lane.name() + "#" + node;
  }

  long incarnation() {
    return incarnation;
  }

  long epoch() {
    return firstId - 1;
  }

  void on(JobMessage.HomeLaneReady ready) {
    steps.get(ready.step()).homes[ready.index()] = ready.lane();
    if (--homesToCome == 0) {
      for (Step step : steps) {
        Objects.requireNonNull(step.barrier)
            .tell(new StepBarrier.Homes(Arrays.stream(step.homes).map(Objects::requireNonNull).toList()));
        List<org.apache.pekko.actor.typed.ActorRef<GroupCommand>> groups = groupsOf(step);
        for (int group = 0; group < groups.size(); group++) {
          org.apache.pekko.actor.typed.ActorRef<GroupOutput> home =
              Adapter.toTyped(Objects.requireNonNull(step.homes[group % step.homes.length]));
          groups.get(group).tell(new GroupCommand.Start(number, home));
        }
      }
      startSourceLanes();
    }
  }

  /** Third: sources. */
  private void startSourceLanes() {
    sourcesToCome = lanes.sourceLanes().size();
    lanes.sourceLanes().forEach(starter::startSource);
  }

  /** A source is open; returns whether all are. */
  boolean on(JobMessage.SourceReady ready) {
    sources.add(ready.source());
    return --sourcesToCome == 0;
  }

  int stepIndex(KeyedNode node) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).node == node) {
        return i;
      }
    }
    throw new IllegalStateException("no step " + node.stepId());
  }

  List<org.apache.pekko.actor.typed.ActorRef<GroupCommand>> groups(KeyedNode node) {
    return groupsOf(steps.get(stepIndex(node)));
  }

  org.apache.pekko.actor.typed.ActorRef<Object> barrier(KeyedNode node) {
    return Objects.requireNonNull(steps.get(stepIndex(node)).barrier);
  }

  org.apache.pekko.actor.typed.ActorRef<Object> sink(SinkNode node) {
    return sinks.get(parts.plan().sinks().indexOf(node));
  }

  long watermark(KeyedNode node) {
    return watermarkOf(node);
  }

  Lanes lanes() {
    return lanes;
  }

  /** Returns how many answers make a checkpoint. */
  int answersToCheckpoint() {
    return sources.size() + lanes.generators() + steps.size() + sinks.size();
  }

  void trigger(long checkpoint) {
    sources.forEach(
        source -> source.tell(new SourceStage.Trigger(checkpoint), ActorRef.noSender()));
  }

  /** A checkpoint is durable. */
  void completed(long checkpoint) {
    sinks.forEach(sink -> sink.tell(new SinkActor.Publish(checkpoint)));
    for (Step step : steps) {
      Objects.requireNonNull(step.barrier).tell(new StepBarrier.Complete(checkpoint));
    }
  }

  /**
   * Ends the attempt: streams, barriers and sinks; the key groups too if the job ends with it.
   * {@link JobMessage.TornDown} follows.
   */
  void tearDown(boolean forGood, @Nullable Throwable cause) {
    if (cause == null) {
      killSwitch.shutdown();
    } else {
      killSwitch.abort(cause);
    }
    List<CompletableFuture<?>> closing = new ArrayList<>();
    for (org.apache.pekko.actor.typed.ActorRef<Object> sink : sinks) {
      closing.add(ask(sink, SinkActor.Close::new));
    }
    for (Step step : steps) {
      if (step.barrier != null) {
        context.stop(step.barrier);
      }
      for (org.apache.pekko.actor.typed.ActorRef<GroupCommand> group : step.groups) {
        if (group != null) {
          context.unwatch(group);
          if (forGood) {
            closing.add(ask(group.unsafeUpcast(), GroupCommand.Close::new));
          }
        }
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
    context.pipeToSelf(all, (done, failure) -> new JobMessage.TornDown(number));
  }

  private CompletableFuture<Done> ask(
      org.apache.pekko.actor.typed.ActorRef<Object> whom,
      java.util.function.Function<org.apache.pekko.actor.typed.ActorRef<Done>, Object> message) {
    CompletionStage<Done> answer =
        AskPattern.ask(
            whom,
            message::apply,
            parts.settings().startTimeout(),
            context.getSystem().scheduler());
    return answer.toCompletableFuture();
  }
}
