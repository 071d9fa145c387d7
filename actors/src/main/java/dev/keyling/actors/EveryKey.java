package dev.keyling.actors;

import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyedUpdate;
import dev.keyling.kernel.Outputs;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A turn on every key of a key group that holds something, in key order, a thousand at a time, so
 * that sleeping keys never all wake at once: the end of input, what a broadcast element asked for,
 * or a new time to live.
 */
final class EveryKey implements Work.OfTurn.KeyTurn {
  private static final int STEP = 1000;

  private final RunningGroup group;
  private final Work.OfTurn.KeyTurn turn;
  private final ActorRef<GroupEvent> replyTo;

  /**
   * What follows when it is over, given the first failure; null if the last step is answered
   * instead.
   */
  private final @Nullable Consumer<@Nullable Throwable> afterwards;

  private List<byte[]> keys = List.of();
  private int next;

  /** What the first key threw that did. Only in an embedded step do the others go on. */
  private @Nullable Throwable failure;

  /** The home lane has taken the outputs of a step; so the next one may begin. */
  record GoOn(EveryKey pass) implements GroupCommand.Internal {}

  private EveryKey(
      RunningGroup group,
      Work.OfTurn.KeyTurn turn,
      ActorRef<GroupEvent> replyTo,
      @Nullable Consumer<@Nullable Throwable> afterwards) {
    this.group = group;
    this.turn = turn;
    this.replyTo = replyTo;
    this.afterwards = afterwards;
  }

  /** The end of input: if the first key's function does not care, the others are let sleep. */
  static EveryKey endOfInput(RunningGroup group, ActorRef<GroupEvent> replyTo) {
    return new EveryKey(group, EveryKey::end, replyTo, null);
  }

  /** An update of keyed state. */
  static EveryKey update(
      RunningGroup group,
      KeyedUpdate<?> update,
      long watermark,
      ActorRef<GroupEvent> nobody,
      Runnable afterwards) {
    return new EveryKey(
        group,
        (cell, out) -> cell.update(update, watermark, out),
        nobody,
        none -> afterwards.run());
  }

  /** What a key's first turn does for a time to live. */
  static EveryKey age(
      RunningGroup group,
      long watermark,
      ActorRef<GroupEvent> nobody,
      Consumer<@Nullable Throwable> afterwards) {
    return new EveryKey(group, (cell, out) -> age(cell, watermark), nobody, afterwards);
  }

  private static void age(KeyCell<Object, Object, Object> cell, long watermark) {
    if (!cell.isEmpty()) {
      cell.age(watermark);
    }
  }

  private static void end(KeyCell<Object, Object, Object> cell, Outputs outputs) {
    if (cell.hooks().endOfInput() && !cell.isEmpty()) {
      cell.endOfInput(outputs);
    }
  }

  @Override
  public void run(KeyCell<Object, Object, Object> cell, Outputs out) {
    turn.run(cell, out);
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
    group.turn(part, this, replyTo);
  }

  boolean isOf(RunningGroup owner) {
    return group == owner;
  }

  /** Tells whether this was the last step, which is answered. */
  boolean stepDone(Work.OfTurn turn, @Nullable Throwable thrown) {
    failure = failure == null ? thrown : failure;
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
      afterwards.accept(failure);
    } else {
      goOn(STEP);
    }
  }
}
