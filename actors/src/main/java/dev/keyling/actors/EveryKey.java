package dev.keyling.actors;

import dev.keyling.kernel.KeyCell;
import dev.keyling.kernel.KeyedUpdate;
import dev.keyling.kernel.Outputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A turn on every key of a key group that holds something, in key order, a thousand at a time or as
 * many as may be awake, so that neither keys nor images are all in memory at once: the end of
 * input, what a broadcast element asked for, or a new time to live.
 */
final class EveryKey implements Work.OfTurn.KeyTurn {
  /** How many keys take their turns at once, if so many may be awake. */
  static final int STEP = 1000;

  private final RunningGroup group;
  private final Work.OfTurn.KeyTurn turn;
  private final ActorRef<GroupEvent> replyTo;

  /**
   * What follows when it is over, given the first failure; null if the last step is answered
   * instead.
   */
  private final @Nullable Consumer<@Nullable Throwable> afterwards;

  private KeyPages keys = new KeyPages(new ArrayList<>(), false);
  private int step;

  /** Whether the next key is asked alone, because the others may be let sleep after it. */
  private boolean asks;

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

  /**
   * Begins with the first keys.
   *
   * @param awake how many keys may take their turns at once
   */
  void begin(KeyPages all, int awake) {
    keys = all;
    step = awake;
    asks = afterwards == null;
    goOn();
  }

  /** Goes on with what was read. */
  void read(List<byte[]> page) {
    keys.read(page);
    goOn();
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
      keys.skipRest();
    }
    return keys.isEnded();
  }

  void goOn() {
    if (keys.needsRows()) {
      group.memory().readKeys(keys.readUpTo(), this);
    } else if (afterwards != null && keys.isEnded()) {
      afterwards.accept(failure);
    } else {
      int count = asks ? 1 : step;
      asks = false;
      group.turn(keys.take(count), this, replyTo);
    }
  }
}
