package dev.keyling.sharding.job;

import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.GroupEvent;
import dev.keyling.actors.GroupOutput;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.persistence.History;
import dev.keyling.persistence.savepoint.UnfinishedSavepoint;
import dev.keyling.plan.Node.KeyedNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A keyed step in one attempt: its key groups in this life, its barrier, its output lanes. Runs in
 * the coordinator's thread.
 */
final class AttemptStep {
  final KeyedNode node;
  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final int index;
  private final GroupCommand.Open open;
  private final org.apache.pekko.actor.typed.ActorRef<GroupEvent> events;
  private final org.apache.pekko.actor.typed.ActorRef<ShardingEnvelope<GroupCommand>> region;
  private final List<org.apache.pekko.actor.typed.@Nullable ActorRef<GroupCommand>> groups;
  private final boolean isRestored;
  private final boolean hasEnded;
  private final UnionLists unionLists = new UnionLists();
  private final @Nullable ActorRef[] homes;
  private org.apache.pekko.actor.typed.@Nullable ActorRef<Object> barrier;

  /**
   * @param life the attempt, the life of the key groups and the checkpoint before it
   * @param base what that checkpoint says; null if there is none
   */
  AttemptStep(
      ActorContext<JobMessage> context,
      JobParts parts,
      KeyedNode node,
      int index,
      Stamp life,
      History history,
      List<Long> retained,
      @Nullable Manifest base) {
    this.context = context;
    this.parts = parts;
    this.node = node;
    this.index = index;
    this.isRestored = base != null;
    this.hasEnded = base != null && base.ended().contains(node.stepId());
    this.groups = new ArrayList<>(Collections.nCopies(StepHosts.keyGroupsOf(parts, node), null));
    this.homes = new ActorRef[parts.settings().homeLanes()];
    this.region = parts.regions().host(StepHosts.hostOf(parts, node));
    org.apache.pekko.actor.typed.ActorRef<JobMessage> job = context.getSelf();
    this.events =
        context.spawnAnonymous(
            Behaviors.receiveMessage(
                event -> {
                  job.tell(new JobMessage.GroupSays(life.attempt(), index, event));
                  return Behaviors.same();
                }));
    long watermark =
        base == null
            ? Long.MIN_VALUE
            : base.watermarks().getOrDefault(node.stepId(), Long.MIN_VALUE);
    this.open = new GroupCommand.Open(life, history, life.epoch() + 1, watermark, retained, events);
  }

  /** Opens the key groups that are not open; the way to them may lose what it is given. */
  void openGroups() {
    for (int group = 0; group < groups.size(); group++) {
      if (groups.get(group) == null) {
        tell(group, open);
      }
    }
  }

  private void tell(int group, GroupCommand command) {
    region.tell(new ShardingEnvelope<>(Integer.toString(group), command));
  }

  int size() {
    return groups.size();
  }

  /** Takes what a key group says; returns whether the group is ready with it. */
  boolean on(GroupEvent event) {
    if (event instanceof GroupEvent.Opened opened) {
      opened(opened);
      return !node.isOperator(); // that says first what it has stored in union lists
    } else if (event instanceof GroupEvent.OperatorAnswered answered
        && answered.answer() instanceof OperatorCall.Recalled recalled) {
      unionLists.recalled(answered.group(), recalled);
      return true;
    } else if (event instanceof GroupEvent.TimersDue due && barrier != null) {
      barrier.tell(due);
    }
    return false;
  }

  private void opened(GroupEvent.Opened opened) {
    groups.set(opened.group(), opened.self());
    context.watchWith(
        opened.self(), new JobMessage.GroupLost(open.stamp().attempt(), index, opened.group()));
    if (node.isOperator()) {
      call(opened.self(), new OperatorCall.Recall(), events);
    }
  }

  private void call(
      org.apache.pekko.actor.typed.ActorRef<GroupCommand> group,
      OperatorCall call,
      org.apache.pekko.actor.typed.ActorRef<GroupEvent> replyTo) {
    group.tell(new GroupCommand.CallOperator(open.stamp(), call, replyTo));
  }

  /** Starts the barrier; all key groups are open. */
  void startBarrier(int lanes) {
    int attempt = open.stamp().attempt();
    BarrierSetup setup =
        new BarrierSetup(
            index,
            attempt,
            open.stamp().incarnation(),
            lanes,
            node.isOperator(),
            Overtaken.at(node, parts) != null,
            open.stamp().epoch(),
            open.watermark(),
            hasEnded,
            groups(),
            context.getSelf()::tell);
    barrier =
        context.spawnAnonymous(
            StepBarrier.create(setup), DispatcherSelector.fromConfig(parts.actors().dispatcher()));
    context.watchWith(
        barrier,
        new JobMessage.AttemptFailed(
            attempt,
            new IllegalStateException("the barrier of step \"" + node.stepId() + "\" crashed")));
  }

  /** Returns the key groups, which are all open. */
  List<org.apache.pekko.actor.typed.ActorRef<GroupCommand>> groups() {
    return groups.stream().map(group -> Objects.requireNonNull(group)).toList();
  }

  org.apache.pekko.actor.typed.ActorRef<Object> barrier() {
    return Objects.requireNonNull(barrier);
  }

  long watermark() {
    return open.watermark();
  }

  void homeIs(int lane, ActorRef home) {
    homes[lane] = home;
  }

  /** Tells key groups where outputs go; all output lanes have started. */
  void start() {
    for (int group = 0; group < groups.size(); group++) {
      org.apache.pekko.actor.typed.ActorRef<GroupOutput> home =
          Adapter.toTyped(Objects.requireNonNull(homes[group % homes.length]));
      Objects.requireNonNull(groups.get(group))
          .tell(new GroupCommand.Start(open.stamp().attempt(), home));
    }
    if (node.isOperator()) {
      OperatorCall begin = new OperatorCall.Begin(unionLists.all(), isRestored);
      groups().forEach(group -> call(group, begin, context.getSystem().ignoreRef()));
    }
  }

  /** Tells the barrier the same; the key groups of all steps must know it before. */
  void begin() {
    barrier()
        .tell(new StepBarrier.Homes(Arrays.stream(homes).map(Objects::requireNonNull).toList()));
  }

  /** Tells a key group to write what it held at a checkpoint. */
  void save(int group, long checkpoint, UnfinishedSavepoint into) {
    GroupCommand save =
        new GroupCommand.Save(
            open.stamp().attempt(), checkpoint, into.directory(), index, into.creation(), events);
    Objects.requireNonNull(groups.get(group)).tell(save);
  }

  /** The attempt is over; key groups stay as they are until the next one opens them. */
  void stop() {
    context.stop(events);
    if (barrier != null) {
      context.unwatch(barrier);
      context.stop(barrier);
    }
    groups.stream().filter(Objects::nonNull).forEach(context::unwatch);
  }

  /** Ends the lives of the key groups; those that are not open may be on their way. */
  List<CompletionStage<Done>> close() {
    List<CompletionStage<Done>> closing = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      int group = i;
      org.apache.pekko.actor.typed.ActorRef<GroupCommand> open = groups.get(group);
      closing.add(
          open != null
              ? ask(open, GroupCommand.Close::new)
              : ask(
                  region,
                  replyTo ->
                      new ShardingEnvelope<>(
                          Integer.toString(group), new GroupCommand.Close(replyTo))));
    }
    return closing;
  }

  private <T> CompletionStage<Done> ask(
      org.apache.pekko.actor.typed.ActorRef<T> whom,
      org.apache.pekko.japi.function.Function<org.apache.pekko.actor.typed.ActorRef<Done>, T>
          message) {
    return AskPattern.ask(
        whom, message, parts.settings().startTimeout(), context.getSystem().scheduler());
  }
}
