package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.connector.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;

/** What the coordinator of a job is told. What comes from an older attempt is ignored. */
sealed interface JobMessage {

  /** Comes from one attempt. */
  sealed interface OfAttempt extends JobMessage {
    int attempt();
  }

  /** The job's journal. */
  record FromLog(Object message) implements JobMessage {}

  record LogStopped() implements JobMessage {}

  record GroupSays(int attempt, int step, GroupEvent event) implements OfAttempt {}

  record GroupLost(int attempt, int step, int group) implements OfAttempt {}

  record OpenAgain(int attempt) implements OfAttempt {}

  record SinksReady(int attempt) implements OfAttempt {}

  record HomeLaneReady(int attempt, int step, int index, ActorRef lane) implements OfAttempt {}

  record SourceReady(int attempt, int lane, ActorRef source) implements OfAttempt {}

  record SourceAt(int attempt, long checkpoint, int lane, Position position) implements OfAttempt {}

  record GeneratorAt(int attempt, long checkpoint, int lane, int node, long state)
      implements OfAttempt {}

  record StepCommitted(int attempt, long checkpoint, int step, long bytes, long watermark)
      implements OfAttempt {}

  /** A step takes no part in the checkpoint. */
  record Declined(int attempt, long checkpoint, Throwable cause) implements OfAttempt {}

  /** All functions of an operator know that the checkpoint is complete. */
  record FunctionsTold(int attempt, long checkpoint) implements OfAttempt {}

  @SuppressWarnings("ArrayRecordComponent")
  record SinkPrepared(int attempt, long checkpoint, int sink, byte[] handle) implements OfAttempt {}

  record SinkPublished(int attempt, long checkpoint, int sink) implements OfAttempt {}

  /** A sink, or an end that nobody reads, has come to the end of its input. */
  record EndReached(int attempt) implements OfAttempt {}

  record AttemptFailed(int attempt, Throwable cause) implements OfAttempt {}

  record StartTimedOut(int attempt) implements OfAttempt {}

  record Tick(int attempt) implements OfAttempt {}

  record TimedOut(int attempt, long checkpoint) implements OfAttempt {}

  /** Everything that an attempt had open is closed; for good, with its key groups. */
  record TornDown(boolean forGood) implements JobMessage {}

  record Restart() implements JobMessage {}

  record Trigger(CompletableFuture<Checkpoint> result) implements JobMessage {}

  /** Somebody wants to know which checkpoints can be restored, oldest first. */
  record TellRetained(CompletableFuture<List<Checkpoint>> result) implements JobMessage {}

  record Cancel() implements JobMessage {}
}
