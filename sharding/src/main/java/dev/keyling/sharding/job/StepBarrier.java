package dev.keyling.sharding.job;

import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.actors.GroupEvent;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.sharding.lane.LaneEvent;
import dev.keyling.sharding.lane.LaneReport;
import dev.keyling.sharding.lane.LaneReport.Release;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator.OfInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Where the lanes of one keyed step meet. A lane that has come to a control event reports here and
 * pauses: markers align, watermarks advance the step, timers fire and the input ends in turns that
 * are run one after the other, so that each falls clearly before or after a checkpoint.
 */
final class StepBarrier extends AbstractBehavior<Object> {
  private final BarrierSetup setup;
  private final LaneProgress lanes;
  private final TurnQueue turns = new TurnQueue();
  private final List<ActorRef> aligned = new ArrayList<>();
  private final BitSet touched = new BitSet();

  /** By checkpoint in progress or given up, the key groups that were sealed for it. */
  private final TreeMap<Long, BitSet> sealed = new TreeMap<>();

  private final BitSet ringing = new BitSet();

  /** Groups with keys that are told what becomes of checkpoints. */
  private final BitSet listening = new BitSet();

  private final long[] soonest;
  private final Sealings sealings;
  private List<ActorRef> homes = List.of();
  private @Nullable Throwable declined;

  /** Checkpoints that were given up before their marker came. */
  private final Set<Long> aborted = new HashSet<>();

  private long firstAlignedAt;
  private long alignmentNanos;
  private long epoch;
  private long watermark;

  /** The watermark to be stored: the end of input is not a time, and is never stored. */
  private long beforeEnd;

  private boolean idle;

  /** The output lanes of the step; told before any lane starts. */
  record Homes(List<ActorRef> lanes) {}

  /** The checkpoint is complete. */
  record Complete(long id, List<Long> retained) {}

  /** The checkpoint was given up; only functions are told. */
  record Abort(long id) {}

  private StepBarrier(ActorContext<Object> context, BarrierSetup setup) {
    super(context);
    this.setup = setup;
    this.sealings = new Sealings(setup);
    this.lanes = new LaneProgress(setup.lanes());
    this.soonest = setup.soonest().clone();
    this.epoch = setup.epoch();
    this.watermark = setup.watermark();
    this.beforeEnd = setup.watermark();
  }

  static Behavior<Object> create(BarrierSetup setup) {
    return Behaviors.setup(context -> new StepBarrier(context, setup));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(LaneReport.class, this::onReport)
        .onMessage(GroupEvent.TurnDone.class, this::onTurnDone)
        .onMessage(GroupEvent.Committed.class, this::onCommitted)
        .onMessage(GroupEvent.TimersDue.class, this::onTimersDue)
        .onMessage(GroupEvent.OperatorAnswered.class, this::onOperatorAnswered)
        .onMessage(GroupEvent.KeysListen.class, this::onKeysListen)
        .onMessage(Complete.class, this::onComplete)
        .onMessage(Abort.class, this::onAbort)
        .onMessage(Homes.class, this::onHomes)
        .build();
  }

  private Behavior<Object> onHomes(Homes message) {
    homes = message.lanes();
    return this;
  }

  private Behavior<Object> onReport(LaneReport report) {
    for (int i = 0; i < report.groups().length; i++) {
      int group = report.groups()[i];
      touched.set(group);
      soonest[group] = Math.min(soonest[group], report.soonest()[i]);
    }
    LaneEvent.Control event = report.event();
    if (event instanceof LaneEvent.Marker marker) {
      aligned.add(report.replyTo());
      if (aligned.size() == 1) {
        firstAlignedAt = System.nanoTime();
      }
      if (aligned.size() == setup.lanes()) {
        alignmentNanos = System.nanoTime() - firstAlignedAt;
        turns.add(() -> snapshot(marker.id()));
      }
    } else {
      lanes.advance(report.lane(), event);
      turns.add(() -> progress(report.replyTo()));
    }
    return this;
  }

  /** Asks these groups, and goes on when all have answered. */
  private void ask(BitSet groups, IntFunction<GroupCommand> command, Runnable afterwards) {
    for (OfInt each = groups.stream().iterator(); each.hasNext(); ) {
      int group = each.nextInt();
      touched.set(group);
      soonest[group] = Long.MAX_VALUE; // the answer tells
      setup.groups().get(group).tell(command.apply(group));
    }
    turns.await(groups.cardinality(), afterwards);
  }

  private Behavior<Object> onTurnDone(GroupEvent.TurnDone done) {
    soonest[done.group()] = Math.min(soonest[done.group()], done.soonest());
    turns.answered();
    return this;
  }

  private Stamp stamp() {
    return new Stamp(setup.attempt(), setup.incarnation(), epoch);
  }

  private org.apache.pekko.actor.typed.ActorRef<GroupEvent> self() {
    return getContext().getSelf().unsafeUpcast();
  }

  private void forward(LaneEvent event) {
    homes.forEach(home -> home.tell(event, ActorRef.noSender()));
  }

  private void release(ActorRef lane) {
    lane.tell(new Release(watermark), ActorRef.noSender());
  }

  /** A lane's watermark has moved, it has become idle, or it has ended. */
  private void progress(ActorRef lane) {
    if (lanes.allIdle() != idle) {
      idle = lanes.allIdle();
      forward(new LaneEvent.Idle(idle));
    }
    long to = lanes.watermark();
    if (to <= watermark) {
      ended(lane);
      return;
    }
    watermark = to;
    beforeEnd = to == Long.MAX_VALUE ? beforeEnd : to;
    BitSet due = new BitSet();
    for (int group = 0; group < soonest.length; group++) {
      due.set(group, soonest[group] <= to && soonest[group] != Long.MAX_VALUE);
    }
    ask(
        due,
        group -> new GroupCommand.AdvanceWatermark(stamp(), to, self()),
        () -> {
          if (to != Long.MAX_VALUE) { // that is the end, and says so itself
            forward(new LaneEvent.Watermark(to));
          }
          ended(lane);
        });
  }

  /** If that was the last lane, the step's input has ended. */
  private void ended(ActorRef lane) {
    if (!lanes.takeEnd()) {
      release(lane);
      return;
    }
    ask(
        all(),
        group -> new GroupCommand.EndInput(stamp(), self()),
        () -> {
          forward(new LaneEvent.End());
          release(lane);
        });
  }

  private BitSet all() {
    BitSet all = new BitSet();
    all.set(0, setup.groups().size());
    return all;
  }

  /** Tells all instances of an operator something. */
  private void call(OperatorCall call, Runnable afterwards) {
    ask(all(), group -> new GroupCommand.CallOperator(stamp(), call, self()), afterwards);
  }

  /** All lanes are at the marker, and nothing is under way. */
  private void snapshot(long id) {
    declined = null;
    if (setup.operator() && !aborted.remove(id)) {
      call(new OperatorCall.Snapshot(id), () -> seal(id));
    } else {
      seal(id);
    }
  }

  private Behavior<Object> onOperatorAnswered(GroupEvent.OperatorAnswered answered) {
    if (answered.answer() instanceof OperatorCall.Declined no) {
      declined = no.cause();
    }
    turns.answered();
    return this;
  }

  private void seal(long id) {
    touched.stream()
        .forEach(
            group ->
                setup.groups().get(group).tell(new GroupCommand.Seal(setup.attempt(), id, self())));
    int groups = touched.cardinality();
    sealed.put(id, (BitSet) touched.clone());
    touched.clear();
    epoch = id;
    forward(new LaneEvent.Marker(id));
    aligned.forEach(this::release);
    aligned.clear();
    sealings.begin(id, beforeEnd, alignmentNanos, groups, declined);
  }

  private Behavior<Object> onCommitted(GroupEvent.Committed event) {
    sealings.committed(event);
    return this;
  }

  private Behavior<Object> onTimersDue(GroupEvent.TimersDue due) {
    boolean isFirst = ringing.isEmpty();
    ringing.set(due.group());
    if (isFirst) {
      turns.add(this::fireTimers);
    }
    return this;
  }

  /** All groups that rang while this turn waited for the ones before take it together. */
  private void fireTimers() {
    BitSet groups = (BitSet) ringing.clone();
    ringing.clear();
    ask(groups, group -> new GroupCommand.FireTimers(stamp(), self()), () -> {});
  }

  private Behavior<Object> onComplete(Complete complete) {
    Map<Long, BitSet> upTo = sealed.headMap(complete.id(), true);
    BitSet groups = new BitSet();
    upTo.values().forEach(groups::or);
    upTo.clear();
    groups.stream()
        .forEach(
            group ->
                setup
                    .groups()
                    .get(group)
                    .tell(
                        new GroupCommand.Complete(
                            setup.attempt(), complete.id(), complete.retained())));
    JobMessage told = new JobMessage.FunctionsTold(setup.attempt(), complete.id());
    tellFunctions(new OperatorCall.Completed(complete.id()), () -> setup.job().accept(told));
    return this;
  }

  private Behavior<Object> onKeysListen(GroupEvent.KeysListen event) {
    listening.set(event.group());
    return this;
  }

  /** Tells the functions that want to know, between two turns. */
  private void tellFunctions(OperatorCall call, Runnable afterwards) {
    if (setup.operator()) {
      turns.add(() -> call(call, afterwards));
    } else {
      IntFunction<GroupCommand> tell = group -> new GroupCommand.TellKeys(stamp(), call, self());
      turns.add(() -> ask(listening, tell, afterwards));
    }
  }

  /** If its marker is still to come, the functions are not asked for it any more. */
  private Behavior<Object> onAbort(Abort abort) {
    if (setup.operator()) {
      if (abort.id() > epoch) {
        aborted.add(abort.id());
      }
    }
    tellFunctions(new OperatorCall.Aborted(abort.id()), () -> {});
    return this;
  }
}
