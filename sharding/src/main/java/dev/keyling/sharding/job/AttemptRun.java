package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** What an attempt is told while it runs, and what that means for it and for the job. */
final class AttemptRun {
  private final JobParts parts;
  private final Attempt attempt;
  private final Checkpoints checkpoints;
  private final Completion completion;
  private final Savepoints savepoints;
  private final Owner owner;
  private boolean running;
  private boolean isOver;
  private int ended;

  /** The checkpoint behind which nothing comes, once it is complete. */
  private long last = -1;

  /** Nothing comes behind it because the input has ended. */
  private boolean isAtEnd;

  /** Steps whose functions do not know yet of the last checkpoint. */
  private int toTell;

  /** The job. */
  interface Owner {
    /** All sources are open. */
    void running();

    /** The attempt must end. */
    void failed(Throwable cause);

    /** A checkpoint is durable, also if the attempt has ended meanwhile. */
    void checkpointCompleted();

    /** All input has ended, and everything is published. */
    void finished();
  }

  AttemptRun(
      ActorContext<JobMessage> context,
      JobParts parts,
      Attempt attempt,
      Checkpoints checkpoints,
      Completion completion,
      Owner owner) {
    this.parts = parts;
    this.attempt = attempt;
    this.checkpoints = checkpoints;
    this.completion = completion;
    this.owner = owner;
    this.savepoints = new Savepoints(context, parts, attempt, checkpoints, this::savepointSettled);
  }

  void on(JobMessage.OfAttempt message) {
    if (message instanceof JobMessage.GroupSays says) {
      if (says.event() instanceof GroupEvent.Failed broken) {
        owner.failed(broken.cause());
      } else if (says.event() instanceof GroupEvent.Full) {
        checkpoints.request(new CheckpointRequest.Early());
      } else if (says.event() instanceof GroupEvent.Saved saved) {
        savepoints.saved(says.step(), saved);
      } else {
        attempt.on(says);
      }
    } else if (message instanceof JobMessage.GroupLost lost) {
      owner.failed(new IllegalStateException("key group " + lost.group() + " was lost"));
    } else if (message instanceof JobMessage.OpenAgain) {
      attempt.openAgain();
    } else if (message instanceof JobMessage.SinksReady) {
      attempt.sinkReady();
    } else if (message instanceof JobMessage.HomeLaneReady ready) {
      attempt.on(ready);
    } else if (message instanceof JobMessage.SourceReady ready) {
      if (attempt.on(ready)) {
        running = true;
        owner.running();
        checkpoints.start();
      }
    } else if (message instanceof JobMessage.AttemptFailed broken) {
      owner.failed(broken.cause());
    } else if (message instanceof JobMessage.StartTimedOut) {
      startTimedOut();
    } else {
      onCheckpoint(message);
    }
  }

  private void onCheckpoint(JobMessage.OfAttempt message) {
    if (message instanceof JobMessage.LookAtTime) {
      checkpoints.look();
    } else if (message instanceof JobMessage.Overtake overtake) {
      attempt.overtake(overtake.checkpoint());
    } else if (message instanceof JobMessage.SavepointStep step) {
      step.afterwards().run();
    } else if (message instanceof JobMessage.TimedOut late) {
      checkpoints.timedOut(late.checkpoint());
    } else if (message instanceof JobMessage.Declined declined) {
      checkpoints.failed(declined.checkpoint(), declined.cause());
    } else if (message instanceof JobMessage.FunctionsTold told) {
      toTell -= told.checkpoint() == last ? 1 : 0;
      finishIfPublished();
    } else if (message instanceof JobMessage.EndReached) {
      endReached();
    } else if (message instanceof JobMessage.SinkPublished published) {
      checkpoints.published(published);
      finishIfPublished();
    } else if (message instanceof JobMessage.ManifestKept kept) {
      CheckpointInProgress of = checkpoints.inProgress(kept.manifest().id());
      completion.on(kept, record -> recorded(of, record));
    } else if (message instanceof JobMessage.Answer answer) {
      CheckpointInProgress complete = checkpoints.answer(answer);
      if (complete != null) {
        completion.begin(complete);
      }
    }
  }

  private void startTimedOut() {
    if (!running) {
      owner.failed(
          new IllegalStateException(
              "dataflow \"%s\" did not start within %s; see keyling.sharding.start-timeout"
                  .formatted(parts.plan().name(), parts.settings().startTimeout())));
    }
  }

  private void endReached() {
    if (++ended == attempt.ends()) {
      if (attempt.checkpoints()) {
        checkpoints.request(new CheckpointRequest.Last());
      } else {
        owner.finished();
      }
    }
  }

  private void recorded(@Nullable CheckpointInProgress done, JobRecord record) {
    owner.checkpointCompleted();
    if (done == null || isOver) {
      return;
    }
    checkpoints.completed(done, record.checkpoints());
    savepoints.completed(done);
    isAtEnd |= done.isLast();
    if (done.isLast() || done.stops()) {
      last = done.id;
      toTell = attempt.steps().size();
      finishIfPublished();
    }
  }

  private void finishIfPublished() {
    if (last >= 0 && toTell == 0 && savepoints.isIdle() && checkpoints.isPublished(last)) {
      owner.finished();
    }
  }

  /** A savepoint is there, or has failed. */
  private void savepointSettled(boolean goesOn) {
    if (goesOn && !isAtEnd) {
      last = -1;
    }
    finishIfPublished();
  }

  void take(JobMessage.Wanted wanted) {
    if (!running) {
      wanted.refuse(
          new IllegalStateException(
              "dataflow \"%s\": no checkpoint while the job is starting; try again when it runs"
                  .formatted(parts.plan().name())));
    } else if (wanted instanceof JobMessage.TakeSavepoint savepoint) {
      savepoints.take(savepoint);
    } else if (wanted instanceof JobMessage.Trigger trigger) {
      checkpoints.request(trigger.request());
    }
  }

  /** The attempt is over. */
  void abandon(Throwable cause) {
    isOver = true;
    savepoints.abandon(cause);
    checkpoints.abandon(cause);
  }

  Attempt attempt() {
    return attempt;
  }
}
