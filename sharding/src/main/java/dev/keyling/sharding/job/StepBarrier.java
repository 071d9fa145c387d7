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
import java.util.List;
import java.util.PrimitiveIterator.OfInt;
import java.util.function.IntFunction;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Where the lanes of one keyed step meet. A lane that has come to a control event reports here and
 * pauses: markers align, watermarks advance the step, timers fire and the input ends in turns that
 * are run one after the other, so that each falls clearly before or after a checkpoint.
 */
final class StepBarrier extends AbstractBehavior<Object> implements StepCheckpoints.Step {
  private final BarrierSetup setup;
  private final LaneProgress lanes;
  private final TurnQueue turns = new TurnQueue();

  /** The ends of the lanes; they are told what does not come in the lane. */
  private final List<ActorRef> ends = new ArrayList<>();

  private final TouchedGroups touched;
  private final BitSet ringing = new BitSet();

  /** Groups with keys that are told what becomes of checkpoints. */
  private final BitSet listening = new BitSet();

  private final StepCheckpoints checkpoints;
  private List<ActorRef> homes = List.of();
  private long watermark;

  /** The watermark to be stored: the end of input is not a time, and is never stored. */
  private long beforeEnd;

  private boolean idle;

  /**
   * Whether the functions know that the input has ended, and nothing has come since: also if they
   * were told in an earlier attempt and what they did then is stored.
   */
  private boolean knowEnd;

  /** The output lanes of the step; told before any lane starts. */
  record Homes(List<ActorRef> lanes) {}

  /** The checkpoint is complete. */
  record Complete(long id, List<Long> retained) {}

  /** The checkpoint was given up; only functions are told. */
  record Abort(long id) {}

  private StepBarrier(ActorContext<Object> context, BarrierSetup setup) {
    super(context);
    this.setup = setup;
    this.checkpoints = new StepCheckpoints(setup, turns, this);
    this.lanes = new LaneProgress(setup.lanes());
    this.touched = new TouchedGroups(setup.groups().size());
    this.watermark = setup.watermark();
    this.beforeEnd = setup.watermark();
    this.knowEnd = setup.ended();
  }

  static Behavior<Object> create(BarrierSetup setup) {
    return Behaviors.setup(context -> new StepBarrier(context, setup));
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(LaneReport.class, this::onReport)
        .onMessage(LaneReport.Joined.class, this::onJoined)
        .onMessage(LaneReport.Overtaken.class, this::onOvertaken)
        .onMessage(LaneReport.Overtake.class, this::onOvertake)
        .onMessage(GroupEvent.TurnDone.class, this::onTurnDone)
        .onMessage(GroupEvent.Cut.class, this::onCut)
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
    ends.forEach(end -> end.tell(new LaneReport.Begin(), ActorRef.noSender()));
    return this;
  }

  private Behavior<Object> onJoined(LaneReport.Joined joined) {
    ends.add(joined.self());
    if (!homes.isEmpty()) {
      joined.self().tell(new LaneReport.Begin(), ActorRef.noSender());
    }
    return this;
  }

  /** Markers wait no longer for the elements before them. */
  private Behavior<Object> onOvertake(LaneReport.Overtake overtake) {
    if (setup.overtakes()) {
      ends.forEach(end -> end.tell(overtake, ActorRef.noSender()));
    }
    return this;
  }

  private Behavior<Object> onOvertaken(LaneReport.Overtaken overtaken) {
    checkpoints.overtaken(overtaken);
    return this;
  }

  private Behavior<Object> onReport(LaneReport report) {
    knowEnd &= report.groups().length == 0;
    touched.reported(report);
    LaneEvent.Control event = report.event();
    if (event instanceof LaneEvent.Marker marker) {
      checkpoints.arrived(report, marker);
    } else {
      lanes.advance(report.lane(), event);
      turns.add(() -> progress(report));
    }
    return this;
  }

  /** Asks these groups, and goes on when all have answered. */
  private void ask(BitSet groups, IntFunction<GroupCommand> command, Runnable afterwards) {
    for (OfInt each = groups.stream().iterator(); each.hasNext(); ) {
      int group = each.nextInt();
      touched.asked(group);
      setup.groups().get(group).tell(command.apply(group));
    }
    turns.await(groups.cardinality(), afterwards);
  }

  private Behavior<Object> onTurnDone(GroupEvent.TurnDone done) {
    touched.answered(done);
    turns.answered();
    return this;
  }

  private Stamp stamp() {
    return new Stamp(setup.attempt(), setup.incarnation(), checkpoints.epoch());
  }

  @Override
  public org.apache.pekko.actor.typed.ActorRef<GroupEvent> self() {
    return getContext().getSelf().unsafeUpcast();
  }

  @Override
  public BitSet takeTouched() {
    return touched.take();
  }

  @Override
  public long watermark() {
    return beforeEnd;
  }

  @Override
  public void forward(LaneEvent event) {
    homes.forEach(home -> home.tell(event, ActorRef.noSender()));
  }

  @Override
  public void release(LaneReport lane) {
    lane.replyTo().tell(new Release(lane.event(), watermark), ActorRef.noSender());
  }

  /** A lane's watermark has moved, it has become idle, or it has ended. */
  private void progress(LaneReport lane) {
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
    ask(
        touched.due(to),
        group -> new GroupCommand.AdvanceWatermark(stamp(), to, self()),
        () -> {
          if (to != Long.MAX_VALUE) { // that is the end, and says so itself
            forward(new LaneEvent.Watermark(to));
          }
          ended(lane);
        });
  }

  /** If that was the last lane, the step's input has ended. */
  private void ended(LaneReport lane) {
    if (!lanes.takeEnd()) {
      release(lane);
      return;
    }
    ask(
        knowEnd ? new BitSet() : touched.all(),
        group -> new GroupCommand.EndInput(stamp(), self()),
        () -> {
          knowEnd = true;
          forward(new LaneEvent.End());
          release(lane);
        });
  }

  @Override
  public boolean hasEnded() {
    return knowEnd;
  }

  @Override
  public void call(OperatorCall call, Runnable afterwards) {
    ask(touched.all(), group -> new GroupCommand.CallOperator(stamp(), call, self()), afterwards);
  }

  private Behavior<Object> onOperatorAnswered(GroupEvent.OperatorAnswered answered) {
    if (answered.answer() instanceof OperatorCall.Declined no) {
      checkpoints.declined(no);
    }
    turns.answered();
    return this;
  }

  private Behavior<Object> onCut(GroupEvent.Cut cut) {
    checkpoints.cut(cut);
    return this;
  }

  private Behavior<Object> onCommitted(GroupEvent.Committed event) {
    checkpoints.committed(event);
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
    checkpoints.complete(complete.id(), complete.retained());
    return this;
  }

  private Behavior<Object> onKeysListen(GroupEvent.KeysListen event) {
    listening.set(event.group());
    return this;
  }

  @Override
  public void tellFunctions(OperatorCall call, Runnable afterwards) {
    if (setup.operator()) {
      turns.add(() -> call(call, afterwards));
    } else {
      IntFunction<GroupCommand> tell = group -> new GroupCommand.TellKeys(stamp(), call, self());
      turns.add(() -> ask(listening, tell, afterwards));
    }
  }

  private Behavior<Object> onAbort(Abort abort) {
    checkpoints.abort(abort.id());
    return this;
  }
}
