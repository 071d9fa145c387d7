package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import org.jspecify.annotations.Nullable;

/** What an attempt is told while it runs, and what that means for it and for the job. */
final class AttemptRun {
  private final JobParts parts;
  private final Attempt attempt;
  private final Checkpoints checkpoints;
  private final Completion completion;
  private final Owner owner;
  private boolean running;
  private boolean isOver;
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

    /** A checkpoint is durable, also if the attempt has ended meanwhile. */
    void checkpointCompleted();

    /** All input has ended, and everything is published. */
    void finished();
  }

  AttemptRun(
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
  }

  void on(JobMessage.OfAttempt message) {
    if (message instanceof JobMessage.GroupSays says) {
      if (says.event() instanceof GroupEvent.Failed broken) {
        owner.failed(broken.cause());
      } else if (says.event() instanceof GroupEvent.Full) {
        checkpoints.request(new CheckpointRequest.Early());
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
    if (done.isLast()) {
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

  void request(CheckpointRequest request) {
    if (running) {
      checkpoints.request(request);
    } else {
      request.failed(
          new IllegalStateException(
              "dataflow \"%s\": no checkpoint while the job is starting; try again when it runs"
                  .formatted(parts.plan().name())));
    }
  }

  /** The attempt is over. */
  void abandon(Throwable cause) {
    isOver = true;
    checkpoints.abandon(cause);
  }

  Attempt attempt() {
    return attempt;
  }
}
