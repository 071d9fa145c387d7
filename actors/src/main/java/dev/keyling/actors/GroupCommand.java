package dev.keyling.actors;

import dev.keyling.KeyView;
import dev.keyling.kernel.OperatorCall;
import dev.keyling.persistence.History;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/** What a key group is told. What carries an older attempt is ignored. */
public sealed interface GroupCommand permits Batch, GroupCommand.Control, GroupCommand.Internal {

  /** Who sends: the attempt, the life of the key group that is meant, and the marker passed. */
  record Stamp(int attempt, long incarnation, long epoch) {}

  /** Commands beside the stream of batches. */
  sealed interface Control extends GroupCommand {}

  /** What becomes of a checkpoint. */
  sealed interface OfCheckpoint extends Control {}

  /**
   * Begins a life: answer {@link GroupEvent.Opened}; with the next command recover and forget what
   * is not valid.
   *
   * @param history the valid commits
   * @param firstId the first checkpoint id that this attempt may use
   * @param watermark of the step, as of the base checkpoint
   * @param retained ids of the checkpoints that somebody may still ask for, oldest first
   */
  record Open(
      Stamp stamp,
      History history,
      long firstId,
      long watermark,
      List<Long> retained,
      ActorRef<GroupEvent> replyTo)
      implements Control {

    /** With this an embedded group opens itself: one life, in which everything stored counts. */
    static Open embedded(ActorRef<GroupEvent> replyTo) {
      Stamp stamp = new Stamp(0, ThreadLocalRandom.current().nextLong(), 0);
      return new Open(stamp, History.everything(), 1, Long.MIN_VALUE, List.of(), replyTo);
    }
  }

  /** Says where the group's outputs go in this attempt; comes before anything that makes some. */
  record Start(int attempt, ActorRef<GroupOutput> home) implements Control {}

  /**
   * Ends the commit of this epoch; answers {@link GroupEvent.Committed} when it is durable.
   *
   * @param overtakes whether batches may be under way; then {@link GroupEvent.Cut} comes at once
   */
  record Seal(int attempt, long id, boolean overtakes, ActorRef<GroupEvent> replyTo)
      implements OfCheckpoint {}

  /** The marker of a checkpoint that overtakes is on the home lanes. */
  record MarkerPassed(int attempt) implements OfCheckpoint {}

  /**
   * A checkpoint is complete: commits up to it may become rows.
   *
   * @param retained ids of the checkpoints that somebody may still ask for, oldest first
   */
  record Complete(int attempt, long id, List<Long> retained) implements OfCheckpoint {}

  /** Fires event timers up to the watermark; answers {@link GroupEvent.TurnDone}. */
  record AdvanceWatermark(Stamp stamp, long watermark, ActorRef<GroupEvent> replyTo)
      implements Control {}

  /** Fires processing-time timers that are due; answers {@link GroupEvent.TurnDone}. */
  record FireTimers(Stamp stamp, ActorRef<GroupEvent> replyTo) implements Control {}

  /** Runs the end of input on every key; answers {@link GroupEvent.TurnDone}. */
  record EndInput(Stamp stamp, ActorRef<GroupEvent> replyTo) implements Control {}

  /**
   * Tells the group's instance of an operator something; answers {@link
   * GroupEvent.OperatorAnswered}.
   */
  record CallOperator(Stamp stamp, OperatorCall call, ActorRef<GroupEvent> replyTo)
      implements Control {}

  /**
   * Tells the live keys that listen what became of a checkpoint; answers {@link
   * GroupEvent.TurnDone}.
   */
  record TellKeys(Stamp stamp, OperatorCall call, ActorRef<GroupEvent> replyTo)
      implements Control {}

  /** Somebody wants to see a key. */
  sealed interface Look extends Control {
    ActorRef<StatusReply<KeyView>> replyTo();
  }

  /** Shows a key as it is now. */
  record View(Object key, ActorRef<StatusReply<KeyView>> replyTo) implements Look {}

  /** Shows a key as it was at a completed checkpoint, which the asker knows to be retained. */
  record ViewAsOf(Object key, long checkpoint, ActorRef<StatusReply<KeyView>> replyTo)
      implements Look {}

  /**
   * Writes what the group held at a completed checkpoint, which stays retained meanwhile, into a
   * file of a savepoint; answers {@link GroupEvent.Saved}. Elements go on.
   *
   * @param directory of the savepoint, which is not finished
   * @param step number of the step in the savepoint, from 0
   * @param creation that of the savepoint
   */
  record Save(
      int attempt,
      long checkpoint,
      Path directory,
      int step,
      String creation,
      ActorRef<GroupEvent> replyTo)
      implements Control {}

  /**
   * Wakes an embedded group, so that it cannot sleep through a timer.
   *
   * @param timerOutputs takes what timers emit from now on; null changes nothing
   */
  record Wake(@Nullable ActorRef<BatchReply> timerOutputs) implements Control {}

  /** Ends this life; the group stops when it lets go of its journal. */
  record Close(ActorRef<Done> replyTo) implements Control {}

  /** What the key group tells itself. */
  non-sealed interface Internal extends GroupCommand {}
}
