package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import dev.keyling.checkpoint.Checkpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What an attempt is told while it runs, and what that means for it and for the job. */
final class AttemptRun {
  private final JobParts parts;
  private final Attempt attempt;
  private final Checkpoints checkpoints;
  private final Owner owner;
  private boolean running;
  private int ended;
  private long last = -1;

  /** Steps whose functions do not know yet of the last checkpoint. */
  private int toTell;

  /** The job. */
  interface Owner {
    /** All sources are open. */
    void running();

    /** The attempt must end. */
    void failed(Throwable cause);

    /** All answers of a checkpoint are here: write it. */
    void complete(CheckpointInProgress checkpoint);

    /** All input has ended, and everything is published. */
    void finished();
  }

  AttemptRun(JobParts parts, Attempt attempt, Checkpoints checkpoints, Owner owner) {
    this.parts = parts;
    this.attempt = attempt;
    this.checkpoints = checkpoints;
    this.owner = owner;
  }

  void on(JobMessage.OfAttempt message) {
    if (message instanceof JobMessage.GroupSays says) {
      if (says.event() instanceof GroupEvent.Failed broken) {
        owner.failed(broken.cause());
      } else if (says.event() instanceof GroupEvent.Full) {
        checkpoints.early();
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
    if (message instanceof JobMessage.Tick) {
      checkpoints.tick();
    } else if (message instanceof JobMessage.TimedOut late) {
      if (checkpoints.timedOut(late.checkpoint())) {
        owner.failed(
            new IllegalStateException(
                "checkpoint %d was not complete after %s"
                    .formatted(
                        late.checkpoint(), parts.plan().checkpoints().getCheckpointTimeout())));
      }
    } else if (message instanceof JobMessage.Declined declined) {
      if (checkpoints.declined(declined.checkpoint(), declined.cause())) {
        owner.failed(declined.cause());
      }
    } else if (message instanceof JobMessage.FunctionsTold told) {
      toTell -= told.checkpoint() == last ? 1 : 0;
      finishIfPublished();
    } else if (message instanceof JobMessage.EndReached) {
      endReached();
    } else if (message instanceof JobMessage.SinkPublished published) {
      checkpoints.published(published);
      finishIfPublished();
    } else {
      CheckpointInProgress complete = checkpoints.answer(message);
      if (complete != null) {
        owner.complete(complete);
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
        checkpoints.last();
      } else {
        owner.finished();
      }
    }
  }

  /** The record of a checkpoint is durable. */
  void completed(CheckpointInProgress done, List<Checkpoint> retained) {
    checkpoints.completed(done, retained);
    if (done.last) {
      last = done.id;
      toTell = attempt.steps();
      finishIfPublished();
    }
  }

  private void finishIfPublished() {
    if (last >= 0 && toTell == 0 && checkpoints.isPublished(last)) {
      owner.finished();
    }
  }

  void request(CompletableFuture<Checkpoint> result) {
    if (running) {
      checkpoints.request(result);
    } else {
      result.completeExceptionally(
          new IllegalStateException("the job is starting; try again when it runs"));
    }
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  Attempt attempt() {
    return attempt;
  }
}
