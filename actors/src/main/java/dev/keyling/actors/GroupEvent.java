package dev.keyling.actors;

import dev.keyling.kernel.OperatorCall;
import dev.keyling.persistence.savepoint.GroupFile;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a key group of a dataflow tells its step. */
public sealed interface GroupEvent {

  int group();

  /** The group has begun its life. What it is told waits until it has recovered. */
  record Opened(int group, long incarnation, ActorRef<GroupCommand> self) implements GroupEvent {}

  /**
   * The commit is durable (or there was nothing to commit).
   *
   * @param keys how many keys it changes
   */
  record Committed(int group, long id, long bytes, long keys) implements GroupEvent {}

  /**
   * The commit is made; what is under way will be in the next one.
   *
   * @param merged by lane, how many of its batches are in it or in one before
   */
  record Cut(int group, long id, Map<Integer, Long> merged) implements GroupEvent {}

  /** A turn on timers or on the end of input is done and its outputs are on the home lane. */
  record TurnDone(int group, long soonest) implements GroupEvent {}

  /** The instance of an operator has taken its turn, and its outputs are on the home lane. */
  record OperatorAnswered(int group, OperatorCall.Answer answer) implements GroupEvent {}

  /** Some live keys want to know what becomes of checkpoints; comes with each commit. */
  record KeysListen(int group) implements GroupEvent {}

  /**
   * What the group held is in a file of a savepoint.
   *
   * @param file null if the group held nothing, or if it failed
   * @param failure null if it did not
   */
  record Saved(int group, String creation, @Nullable GroupFile file, @Nullable Throwable failure)
      implements GroupEvent {}

  /** A processing-time timer is due. */
  record TimersDue(int group, int attempt) implements GroupEvent {}

  /** The step holds too much in memory that is not in rows: a checkpoint would help. */
  record Full(int group, int attempt) implements GroupEvent {}

  /** The group cannot go on; the attempt must end. */
  record Failed(int group, int attempt, Throwable cause) implements GroupEvent {}
}
