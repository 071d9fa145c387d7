package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import dev.keyling.sharding.lane.LaneReport;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which key groups of a step were used since the last seal, and when the earliest event timer of
 * each is due. Runs in the thread of the step's barrier.
 */
final class TouchedGroups {
  private final BitSet touched = new BitSet();
  private final long[] soonest;

  TouchedGroups(int groups) {
    soonest = new long[groups];
    Arrays.fill(soonest, Long.MIN_VALUE); // groups may be recovering, so each is asked once
  }

  /** A lane has used some. */
  void reported(LaneReport report) {
    for (int i = 0; i < report.groups().length; i++) {
      int group = report.groups()[i];
      touched.set(group);
      soonest[group] = Math.min(soonest[group], report.soonest()[i]);
    }
  }

  /** The group gets a turn. */
  void asked(int group) {
    touched.set(group);
    soonest[group] = Long.MAX_VALUE; // the answer tells
  }

  /** The group has had its turn. */
  void answered(GroupEvent.TurnDone done) {
    soonest[done.group()] = Math.min(soonest[done.group()], done.soonest());
  }

  /** Returns those that may have timers up to a watermark. */
  BitSet due(long watermark) {
    BitSet due = new BitSet();
    for (int group = 0; group < soonest.length; group++) {
      due.set(group, soonest[group] <= watermark && soonest[group] != Long.MAX_VALUE);
    }
    return due;
  }

  /** Returns those that were used since the last call. */
  BitSet take() {
    BitSet taken = (BitSet) touched.clone();
    touched.clear();
    return taken;
  }

  /** Returns all of the step. */
  BitSet all() {
    BitSet all = new BitSet();
    all.set(0, soonest.length);
    return all;
  }
}
