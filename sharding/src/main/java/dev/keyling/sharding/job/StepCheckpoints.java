package dev.keyling.sharding.job;

import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupEvent;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.sharding.lane.LaneEvent;
import dev.keyling.sharding.lane.LaneReport;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one keyed step: aligns its lanes, has its key groups seal, and tells the
 * coordinator what came of it. Runs in the thread of the step's barrier.
 */
final class StepCheckpoints {
  private final BarrierSetup setup;
  private final TurnQueue turns;
  private final Step step;
  private final Sealings sealings;

  /** By marker, the lanes that are at it; where they do not pause there may be several. */
  private final Map<Long, List<LaneReport>> aligned = new HashMap<>();

  /** By marker, when the first lane was at it. */
  private final Map<Long, Long> firstAt = new HashMap<>();

  /** By checkpoint in progress or given up, the key groups that were sealed for it. */
  private final TreeMap<Long, BitSet> sealed = new TreeMap<>();

  /** Checkpoints that were given up before their marker came. */
  private final Set<Long> aborted = new HashSet<>();

  private @Nullable Throwable declined;
  private Cuts cuts = new Cuts(List.of());
  private long epoch;

  /** The step, as its checkpoints see it. */
  interface Step {
    /** Returns the key groups that were used since the last call. */
    BitSet takeTouched();

    /** Returns the watermark to be stored. */
    long watermark();

    /** Tells whether the input has ended, and the functions know. */
    boolean hasEnded();

    /** Puts an event on all home lanes. */
    void forward(LaneEvent event);

    void release(LaneReport lane);

    /** Tells all instances of an operator something, in a turn. */
    void call(OperatorCall call, Runnable afterwards);

    /** Tells the functions that want to know what has become of a checkpoint, in a turn. */
    void tellFunctions(OperatorCall call, Runnable afterwards);

    ActorRef<GroupEvent> self();
  }

  StepCheckpoints(BarrierSetup setup, TurnQueue turns, Step step) {
    this.setup = setup;
    this.turns = turns;
    this.step = step;
    this.sealings = new Sealings(setup);
    this.epoch = setup.epoch();
  }

  /** Returns the last marker that has passed. */
  long epoch() {
    return epoch;
  }

  /** A lane is at a marker. */
  void arrived(LaneReport lane, LaneEvent.Marker marker) {
    List<LaneReport> there = aligned.computeIfAbsent(marker.id(), id -> new ArrayList<>());
    there.add(lane);
    if (there.size() == 1) {
      firstAt.put(marker.id(), System.nanoTime());
    }
    if (there.size() == setup.lanes()) {
      turns.add(() -> snapshot(marker.id()));
    }
  }

  /** All lanes are at the marker, and no turn is under way. */
  private void snapshot(long id) {
    declined = null;
    if (setup.operator() && !aborted.remove(id)) {
      step.call(new OperatorCall.Snapshot(id), () -> seal(id));
    } else {
      seal(id);
    }
  }

  /** An instance of an operator takes no part in the checkpoint. */
  void declined(OperatorCall.Declined no) {
    declined = no.cause();
  }

  private void seal(long id) {
    List<LaneReport> lanes = Objects.requireNonNull(aligned.remove(id));
    long alignment = System.nanoTime() - Objects.requireNonNull(firstAt.remove(id));
    cuts = new Cuts(lanes);
    BitSet groups = step.takeTouched();
    boolean overtakes = cuts.any();
    int answers = groups.cardinality() + cuts.lanes();
    sealings.begin(id, step.watermark(), step.hasEnded(), alignment, answers, declined);
    tell(groups, new GroupCommand.Seal(setup.attempt(), id, overtakes, step.self()));
    if (overtakes) { // what they have worked behind the cut stays with them until the marker is out
      turns.await(groups.cardinality(), () -> sealed(id, groups, lanes));
    } else {
      sealed(id, groups, lanes);
    }
  }

  void cut(GroupEvent.Cut cut) {
    cuts.add(cut);
    turns.answered();
  }

  private void sealed(long id, BitSet groups, List<LaneReport> lanes) {
    sealed.put(id, groups);
    epoch = id;
    step.forward(new LaneEvent.Marker(id));
    if (cuts.any()) {
      tell(groups, new GroupCommand.MarkerPassed(setup.attempt()));
      cuts.tell(id);
    }
    lanes.forEach(step::release);
  }

  private void tell(BitSet groups, GroupCommand command) {
    groups.stream().forEach(group -> setup.groups().get(group).tell(command));
  }

  void committed(GroupEvent.Committed event) {
    sealings.committed(event);
  }

  void overtaken(LaneReport.Overtaken overtaken) {
    sealings.overtaken(overtaken);
  }

  /** A checkpoint is complete, and with it every one before it. */
  void complete(long id, List<Long> retained) {
    Map<Long, BitSet> upTo = sealed.headMap(id, true);
    BitSet groups = new BitSet();
    upTo.values().forEach(groups::or);
    upTo.clear();
    tell(groups, new GroupCommand.Complete(setup.attempt(), id, retained));
    JobMessage told = new JobMessage.FunctionsTold(setup.attempt(), id);
    step.tellFunctions(new OperatorCall.Completed(id), () -> setup.job().accept(told));
  }

  /** If its marker is still to come, the functions are not asked for it any more. */
  void abort(long id) {
    if (setup.operator() && id > epoch) {
      aborted.add(id);
    }
    step.tellFunctions(new OperatorCall.Aborted(id), () -> {});
  }
}
