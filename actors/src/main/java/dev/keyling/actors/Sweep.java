package dev.keyling.actors;

import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyedUpdate;
import dev.keyling.kernel.Outputs;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A turn on every key of a key group that holds something, in key order, a thousand at a time, so
 * that sleeping keys never all wake at once: the end of input, or what a broadcast element asked
 * for.
 */
final class Sweep {
  private static final int STEP = 1000;

  private final RunningGroup group;
  private final Work.OfTurn.KeyTurn turn;
  private final ActorRef<GroupEvent> replyTo;

  /** What follows when it is over; null if the last step is answered instead. */
  private final @Nullable Runnable afterwards;

  private List<byte[]> keys = List.of();
  private int next;
  private Work.@Nullable OfTurn step;

  /** The home lane has taken the outputs of a step; so the next one may begin. */
  record GoOn(Sweep sweep) implements GroupCommand.Internal {}

  private Sweep(
      RunningGroup group,
      Work.OfTurn.KeyTurn turn,
      ActorRef<GroupEvent> replyTo,
      @Nullable Runnable afterwards) {
    this.group = group;
    this.turn = turn;
    this.replyTo = replyTo;
    this.afterwards = afterwards;
  }

  /** The end of input: if the first key's function does not care, the others are let sleep. */
  static Sweep endOfInput(RunningGroup group, ActorRef<GroupEvent> replyTo) {
    return new Sweep(group, Sweep::end, replyTo, null);
  }

  /** An update of keyed state. */
  static Sweep update(
      RunningGroup group,
      KeyedUpdate<?> update,
      long watermark,
      ActorRef<GroupEvent> nobody,
      Runnable afterwards) {
    return new Sweep(
        group, (cell, out) -> cell.update(update, watermark, out), nobody, afterwards);
  }

  private static void end(KeyCell<Object, Object, Object> cell, Outputs outputs) {
    if (cell.awaitsEndOfInput() && !cell.isEmpty()) {
      cell.endOfInput(outputs);
    }
  }

  void begin(List<byte[]> all) {
    keys = all;
    if (afterwards == null) {
      goOn(1);
    } else {
      goOn();
    }
  }

  private void goOn(int count) {
    int to = Math.min(keys.size(), next + count);
    List<byte[]> part = keys.subList(next, to);
    next = to;
    step = group.turn(part, turn, replyTo);
  }

  boolean isOf(RunningGroup owner) {
    return group == owner;
  }

  boolean isStep(Work.OfTurn turn) {
    return turn == step;
  }

  /** Tells whether this was the last step, which is answered. */
  boolean stepDone(Work.OfTurn turn) {
    if (afterwards != null) {
      return false;
    }
    if (turn.slots.stream().anyMatch(slot -> !slot.awaitsEndOfInput)) {
      next = keys.size();
    }
    return next == keys.size();
  }

  void goOn() {
    if (afterwards != null && next == keys.size()) {
      afterwards.run();
    } else {
      goOn(STEP);
    }
  }
}
