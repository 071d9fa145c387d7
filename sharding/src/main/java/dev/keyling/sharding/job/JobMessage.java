package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.connector.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.jspecify.annotations.Nullable;

/** What the coordinator of a job is told. What comes from an older attempt is ignored. */
sealed interface JobMessage {

  /** Comes from one attempt. */
  sealed interface OfAttempt extends JobMessage {
    int attempt();
  }

  /** What a checkpoint waits for: one from each source, generator, step and sink. */
  sealed interface Answer extends OfAttempt {
    long checkpoint();
  }

  /** The job's journal. */
  record FromLog(Object message) implements JobMessage {}

  record LogStopped() implements JobMessage {}

  /**
   * What a savepoint has is in the store, but does not count yet.
   *
   * @param manifest null if it failed
   */
  record RowsRestored(@Nullable Manifest manifest, @Nullable Throwable failure)
      implements JobMessage {}

  record GroupSays(int attempt, int step, GroupEvent event) implements OfAttempt {}

  record GroupLost(int attempt, int step, int group) implements OfAttempt {}

  record OpenAgain(int attempt) implements OfAttempt {}

  record SinksReady(int attempt) implements OfAttempt {}

  record HomeLaneReady(int attempt, int step, int index, ActorRef lane) implements OfAttempt {}

  record SourceReady(int attempt, int lane, ActorRef source) implements OfAttempt {}

  record SourceAt(int attempt, long checkpoint, int lane, Position position) implements Answer {}

  record GeneratorAt(int attempt, long checkpoint, int lane, int node, long state)
      implements Answer {}

  /**
   * What a step changed for a checkpoint is durable.
   *
   * @param keys how many keys that is
   * @param ended whether the input of the step had ended before, and its functions know
   * @param alignmentNanos for how long the first lane at the marker was held for the last one
   * @param overtaken by lane, the elements that the marker has overtaken before the step
   */
  record StepCommitted(
      int attempt,
      long checkpoint,
      int step,
      long bytes,
      long keys,
      long watermark,
      boolean ended,
      long alignmentNanos,
      Map<String, byte[]> overtaken)
      implements Answer {}

  /** A checkpoint has waited long enough for the elements before its markers. */
  record Overtake(int attempt, long checkpoint) implements OfAttempt {}

  /** A step takes no part in the checkpoint. */
  record Declined(int attempt, long checkpoint, Throwable cause) implements OfAttempt {}

  /** All functions of an operator know that the checkpoint is complete. */
  record FunctionsTold(int attempt, long checkpoint) implements OfAttempt {}

  @SuppressWarnings("ArrayRecordComponent")
  record SinkPrepared(int attempt, long checkpoint, int sink, byte[] handle) implements Answer {}

  record SinkPublished(int attempt, long checkpoint, int sink) implements OfAttempt {}

  /** A sink, or an end that nobody reads, has come to the end of its input. */
  record EndReached(int attempt) implements OfAttempt {}

  record AttemptFailed(int attempt, Throwable cause) implements OfAttempt {}

  record StartTimedOut(int attempt) implements OfAttempt {}

  /** A checkpoint may be due. */
  record LookAtTime(int attempt) implements OfAttempt {}

  record TimedOut(int attempt, long checkpoint) implements OfAttempt {}

  /**
   * The manifest of a checkpoint is kept, or cannot be.
   *
   * @param place null if it cannot be kept
   * @param failure null if it is kept
   */
  @SuppressWarnings("ArrayRecordComponent")
  record ManifestKept(
      int attempt, Manifest manifest, byte @Nullable [] place, @Nullable Throwable failure)
      implements OfAttempt {}

  /** What a job that has ended let go of is gone. */
  record RestorePointsGone() implements JobMessage {}

  /** Everything that an attempt had open is closed; for good, with its key groups. */
  record TornDown(boolean forGood) implements JobMessage {}

  record Restart() implements JobMessage {}

  /** Somebody wants something of the attempt that runs. */
  sealed interface Wanted extends JobMessage {
    /** There is none, or it cannot do it now. */
    void refuse(Throwable cause);
  }

  /** Somebody wants a checkpoint. */
  record Trigger(CheckpointRequest request) implements Wanted {
    @Override
    public void refuse(Throwable cause) {
      request.failed(cause);
    }
  }

  /** Somebody wants a savepoint; with it the job stops, or not. */
  record TakeSavepoint(Path directory, boolean stops, CompletableFuture<Savepoint> result)
      implements Wanted {
    @Override
    public void refuse(Throwable cause) {
      result.completeExceptionally(cause);
    }
  }

  /** Something that blocks has been done for a savepoint: go on. */
  record SavepointStep(int attempt, Runnable afterwards) implements OfAttempt {}

  /** Somebody wants to know which checkpoints can be restored, oldest first. */
  record TellRetained(CompletableFuture<List<Checkpoint>> result) implements JobMessage {}

  /**
   * The job is to end.
   *
   * @param suspended whether it is not its owner who wants it, but the system that goes down
   */
  record Cancel(boolean suspended) implements JobMessage {}
}
