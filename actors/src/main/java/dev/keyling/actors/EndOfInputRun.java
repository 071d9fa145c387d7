package dev.keyling.actors;

import dev.keyling.kernel.KeyCell;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The end of input of a key group: a turn on every key that holds something, in key order, a
 * thousand at a time, so that sleeping keys never all wake at once. If the first key's function
 * does not care, the others are let sleep.
 */
final class EndOfInputRun {
  private static final int STEP = 1000;

  private final RunningGroup group;
  private final ActorRef<GroupEvent> replyTo;
  private List<byte[]> keys = List.of();
  private int next;
  private Work.@Nullable OfTurn step;

  /** The home lane has taken the outputs of a step; so the next one may begin. */
  record GoOn(EndOfInputRun run) implements GroupCommand.Internal {}

  EndOfInputRun(RunningGroup group, ActorRef<GroupEvent> replyTo) {
    this.group = group;
    this.replyTo = replyTo;
  }

  void begin(List<byte[]> all) {
    keys = all;
    goOn(1);
  }

  private void goOn(int count) {
    int to = Math.min(keys.size(), next + count);
    List<byte[]> part = keys.subList(next, to);
    next = to;
    step = group.turn(part, EndOfInputRun::end, replyTo);
  }

  private static void end(
      KeyCell<Object, Object, Object> cell, dev.keyling.kernel.Outputs outputs) {
    if (cell.awaitsEndOfInput() && !cell.isEmpty()) {
      cell.endOfInput(outputs);
    }
  }

  boolean isStep(Work.OfTurn turn) {
    return turn == step;
  }

  /** Tells whether this was the last step. */
  boolean stepDone(Work.OfTurn turn) {
    if (turn.slots.stream().anyMatch(slot -> !slot.awaitsEndOfInput)) {
      next = keys.size();
    }
    return next == keys.size();
  }

  void goOn() {
    goOn(STEP);
  }
}
