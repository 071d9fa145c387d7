package dev.keyling.sharding.job;

import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.persistence.History;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.sharding.lane.LaneReport;
import dev.keyling.sharding.lane.SourceStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job: its key groups in this life, its barriers, sinks and lanes. Starts in this
 * order: key groups and sinks open; output lanes; source lanes. Runs in the coordinator's thread.
 */
final class Attempt {
  private static final Duration OPEN_AGAIN = Duration.ofMillis(500);

  final int number;
  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final @Nullable Manifest base;
  private final long firstId;
  private final long incarnation = ThreadLocalRandom.current().nextLong();
  private final Lanes lanes;
  private final List<AttemptStep> steps = new ArrayList<>();
  private final AttemptSinks sinks;
  private final List<ActorRef> sources = new ArrayList<>();
  private final SharedKillSwitch killSwitch;
  private final AttemptTeller teller;
  private final LaneStarter starter;
  private @Nullable CompletionStage<?> stopped;
  private int toOpen;
  private int homesToCome;
  private int sourcesToCome;

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
    this.sinks = new AttemptSinks(context, parts, number);
    this.lanes = new Lanes(parts.plan(), parts.settings().homeLanes());
    this.killSwitch = KillSwitches.shared("attempt-" + number);
    this.teller = AttemptTeller.of(number, context, parts.counts());
    this.starter = new LaneStarter(parts, this, teller, killSwitch, base);
  }

  boolean checkpoints() {
    return parts.plan().checkpoints().isCheckpointingEnabled();
  }

  /** First: opens key groups and sinks. */
  void open(History history, List<Long> retained) {
    context.scheduleOnce(
        parts.settings().startTimeout(), context.getSelf(), new JobMessage.StartTimedOut(number));
    Stamp life = new Stamp(number, incarnation, epoch());
    for (KeyedNode node : parts.plan().steps()) {
      AttemptStep step =
          new AttemptStep(context, parts, node, steps.size(), life, history, retained, base);
      steps.add(step);
      toOpen += step.size();
      step.openGroups();
    }
    toOpen += sinks.open(base, lanes);
    if (toOpen == 0) {
      startHomeLanes();
    } else {
      scheduleOpenAgain();
    }
  }

  private void scheduleOpenAgain() {
    context.scheduleOnce(OPEN_AGAIN, context.getSelf(), new JobMessage.OpenAgain(number));
  }

  /** Some time has passed: whoever is not open yet may not have heard of it. */
  void openAgain() {
    if (toOpen > 0) {
      steps.forEach(AttemptStep::openGroups);
      scheduleOpenAgain();
    }
  }

  /** A sink is open. */
  void sinkReady() {
    opened();
  }

  void on(JobMessage.GroupSays says) {
    if (steps.get(says.step()).on(says.event())) {
      opened();
    }
  }

  private void opened() {
    if (--toOpen == 0) {
      startHomeLanes();
    }
  }

  /** Second: barriers and output lanes. */
  private void startHomeLanes() {
    steps.forEach(step -> step.startBarrier(lanes.endingIn(step.node)));
    homesToCome = lanes.homeLanes().size();
    lanes.homeLanes().forEach(starter::startHome);
    if (homesToCome == 0) {
      startSourceLanes();
    }
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
    steps.get(ready.step()).homeIs(ready.index(), ready.lane());
    if (--homesToCome == 0) {
      steps.forEach(AttemptStep::start);
      steps.forEach(AttemptStep::begin); // from here on restored elements are on their way
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
    return steps.get(stepIndex(node)).groups();
  }

  org.apache.pekko.actor.typed.ActorRef<Object> barrier(KeyedNode node) {
    return steps.get(stepIndex(node)).barrier();
  }

  org.apache.pekko.actor.typed.ActorRef<Object> sink(SinkNode node) {
    return sinks.of(node);
  }

  long watermark(KeyedNode node) {
    return steps.get(stepIndex(node)).watermark();
  }

  Lanes lanes() {
    return lanes;
  }

  /** Returns how many ends say when their input has ended: what must be before the attempt has. */
  int ends() {
    return sinks.size() + lanes.unread();
  }

  /** Returns how many answers make a checkpoint. */
  int answersToCheckpoint() {
    return sources.size() + lanes.generators() + steps.size() + sinks.size();
  }

  /** Has sources put a marker in; held ones give nothing behind it before they are resumed. */
  void trigger(long checkpoint, boolean hold) {
    sources.forEach(
        source -> source.tell(new SourceStage.Trigger(checkpoint, hold), ActorRef.noSender()));
  }

  /** A checkpoint has waited long enough: its markers overtake what is before them. */
  void overtake(long checkpoint) {
    steps.forEach(step -> step.barrier().tell(new LaneReport.Overtake(checkpoint)));
  }

  void resumeSources() {
    sources.forEach(source -> source.tell(new SourceStage.Resume(), ActorRef.noSender()));
  }

  /** Returns the keyed steps, in the order of the plan. */
  List<AttemptStep> steps() {
    return steps;
  }

  /** A checkpoint is durable. */
  void completed(long checkpoint, List<Long> retained) {
    sinks.tell(new SinkActor.Publish(checkpoint));
    steps.forEach(step -> step.barrier().tell(new StepBarrier.Complete(checkpoint, retained)));
  }

  /** A checkpoint was given up. */
  void aborted(long checkpoint) {
    sinks.tell(new SinkActor.Abort(checkpoint));
    steps.forEach(step -> step.barrier().tell(new StepBarrier.Abort(checkpoint)));
  }

  /**
   * Ends the attempt: streams, barriers and sinks; the key groups too if the job ends with it. Once
   * it is over it may be ended again for good. {@link JobMessage.TornDown} follows.
   */
  void tearDown(boolean forGood, @Nullable Throwable cause) {
    List<CompletionStage<?>> closing = new ArrayList<>();
    CompletionStage<?> stopping = stopped == null ? stop(cause) : stopped;
    stopped = stopping;
    closing.add(stopping);
    if (forGood) {
      steps.forEach(step -> closing.addAll(step.close()));
    }
    context.pipeToSelf(all(closing), (done, failure) -> new JobMessage.TornDown(forGood));
  }

  private CompletionStage<?> stop(@Nullable Throwable cause) {
    if (cause == null) {
      killSwitch.shutdown();
    } else {
      killSwitch.abort(cause);
    }
    Duration timeout = parts.settings().startTimeout();
    List<CompletionStage<?>> closing = new ArrayList<>(sinks.close(timeout));
    steps.forEach(AttemptStep::stop);
    closing.add(teller.sourcesClosed().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS));
    return all(closing);
  }

  /** Waits for all, whether they succeed or not. */
  private static CompletableFuture<Void> all(List<CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(stage -> stage.toCompletableFuture().handle((done, failure) -> null))
            .toArray(CompletableFuture[]::new));
  }
}
