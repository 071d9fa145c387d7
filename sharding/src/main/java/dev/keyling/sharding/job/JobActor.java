package dev.keyling.sharding.job;

import dev.keyling.JobStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of a job: its history, its attempts one after the other, its end. Every attempt
 * begins with a durable record, so that no two have one number; a completed checkpoint is a durable
 * record, and nothing is published before.
 */
final class JobActor extends AbstractBehavior<JobMessage> implements AttemptRun.Owner {
  private final JobParts parts;
  private final JobHandle handle;
  private final RestartPolicy restarts;
  private final Standing standing;

  private @Nullable AttemptRun run;
  private @Nullable Attempt latest;
  private Duration pause = Duration.ZERO;
  private boolean hasRun;
  private boolean isTornDown;
  private boolean suspended;
  private @Nullable JobStatus end;
  private @Nullable Throwable endCause;

  private JobActor(
      ActorContext<JobMessage> context, JobParts parts, JobHandle handle, Beginning beginning) {
    super(context);
    this.parts = parts;
    this.handle = handle;
    this.standing = new Standing(context, parts, beginning);
    this.restarts =
        new RestartPolicy(parts.plan().restarts(), () -> ThreadLocalRandom.current().nextDouble());
    parts.plan().checkpoints().remarks().forEach(this::warn);
    handle.started(context.getSelf());
    if (!standing.isStored()) {
      begin();
    }
  }

  private void warn(String remark) {
    getContext().getLog().warn("dataflow {}: {}", parts.plan().name(), remark);
  }

  static Behavior<JobMessage> create(JobParts parts, JobHandle handle, Beginning beginning) {
    return Behaviors.setup(
        context -> {
          try {
            return new JobActor(context, parts, handle, beginning);
          } catch (RuntimeException | Error e) {
            handle.ended(JobStatus.FAILED, e);
            return Behaviors.stopped();
          }
        });
  }

  @Override
  public Receive<JobMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(JobMessage.OfAttempt.class, this::onAttempt)
        .onMessage(JobMessage.FromLog.class, says -> guarded(() -> onLog(says)))
        .onMessage(JobMessage.RowsRestored.class, rows -> guarded(() -> onRowsRestored(rows)))
        .onMessage(JobMessage.Wanted.class, wanted -> guarded(() -> onWanted(wanted)))
        .onMessage(JobMessage.TellRetained.class, asking -> guarded(() -> tellRetained(asking)))
        .onMessage(JobMessage.Cancel.class, cancel -> guarded(() -> onCancel(cancel)))
        .onMessage(JobMessage.TornDown.class, torn -> guarded(() -> onTornDown(torn)))
        .onMessage(JobMessage.RestorePointsGone.class, gone -> guarded(this::close))
        .onMessage(JobMessage.Restart.class, restart -> guarded(this::onRestart))
        .onMessage(JobMessage.LogStopped.class, stopped -> guarded(this::onLogStopped))
        .onSignal(PostStop.class, signal -> onStop())
        .build();
  }

  /** A coordinator that throws fails its job, with that as the cause; it never just vanishes. */
  private Behavior<JobMessage> guarded(Supplier<Behavior<JobMessage>> handling) {
    try {
      return handling.get();
    } catch (RuntimeException | Error e) {
      if (end == null) {
        return end(JobStatus.FAILED, e);
      }
      handle.ended(JobStatus.FAILED, e);
      return Behaviors.stopped();
    }
  }

  private Behavior<JobMessage> onLog(JobMessage.FromLog fromLog) {
    if (standing.on(fromLog) && end == null) {
      begin();
    }
    return this;
  }

  private Behavior<JobMessage> onRowsRestored(JobMessage.RowsRestored rows) {
    if (end != null) {
      return this;
    }
    if (rows.failure() != null) {
      return end(JobStatus.FAILED, rows.failure());
    }
    standing.restored(rows, this::onRestart);
    return this;
  }

  /** Begins an attempt: first of all, it is written down. */
  private void begin() {
    standing.beginAttempt(this::start);
    handle.attempt(standing.attempt());
  }

  private void start() {
    if (end != null) {
      return;
    }
    int number = standing.attempt();
    long firstId = standing.firstId();
    Attempt attempt;
    try {
      attempt = new Attempt(getContext(), parts, number, firstId, standing.completed());
    } catch (Exception e) { // the sources do not say what there is to read
      if (hasRun) {
        failed(e);
      } else {
        end(JobStatus.FAILED, e);
      }
      return;
    }
    latest = attempt;
    Checkpoints checkpoints =
        new Checkpoints(getContext(), parts, attempt, firstId, standing::reservedTo);
    Completion completion = new Completion(getContext().getSelf(), standing, checkpoints, number);
    run = new AttemptRun(getContext(), parts, attempt, checkpoints, completion, this);
    attempt.open(standing.history(), standing.retainedIds());
  }

  private Behavior<JobMessage> onAttempt(JobMessage.OfAttempt message) {
    if (run != null && message.attempt() == run.attempt().number && end == null) {
      try {
        run.on(message);
      } catch (RuntimeException | Error e) {
        return guarded(() -> failedBy(e));
      }
    }
    return this;
  }

  private Behavior<JobMessage> failedBy(Throwable cause) {
    failed(cause);
    return this;
  }

  @Override
  public void running() {
    hasRun = true;
    handle.status(JobStatus.RUNNING);
  }

  @Override
  public void checkpointCompleted() {
    handle.checkpointCompleted();
  }

  @Override
  public void finished() {
    end(JobStatus.FINISHED, null);
  }

  /** The attempt has failed: another one, or none. */
  @Override
  public void failed(Throwable cause) {
    Optional<Duration> next = restarts.failed(parts.clock().instant());
    if (next.isEmpty()) {
      end(JobStatus.FAILED, cause);
      return;
    }
    getContext()
        .getLog()
        .warn(
            "dataflow {}: attempt {} failed, the next one starts in {} ms: {}",
            parts.plan().name(),
            standing.attempt(),
            next.get().toMillis(),
            String.valueOf(cause));
    handle.status(JobStatus.RESTARTING);
    pause = next.get();
    tearDown(false, cause);
  }

  private void tearDown(boolean forGood, @Nullable Throwable cause) {
    standing.restorePoints().abandon();
    if (run != null) {
      run.abandon(cause == null ? new IllegalStateException("ended") : cause);
    }
    if (latest != null && (run != null || forGood)) {
      run = null;
      latest.tearDown(forGood, cause);
    } else {
      getContext().getSelf().tell(new JobMessage.TornDown(forGood));
    }
  }

  private Behavior<JobMessage> onTornDown(JobMessage.TornDown torn) {
    if (end == null) {
      getContext().scheduleOnce(pause, getContext().getSelf(), new JobMessage.Restart());
      return this;
    }
    if (!torn.forGood()) {
      return this; // an attempt that had failed before the end; what closes for good follows
    }
    isTornDown = true;
    boolean stay =
        RestorePoints.stay(
            parts.plan().checkpoints().getExternalizedCheckpointCleanup(),
            Objects.requireNonNull(end),
            suspended);
    if (stay || !standing.dropRestorePoints(this::whenGone)) {
      whenGone();
    }
    return this;
  }

  private void whenGone() {
    getContext()
        .pipeToSelf(
            standing.restorePoints().idle(), (done, failure) -> new JobMessage.RestorePointsGone());
  }

  private Behavior<JobMessage> close() {
    return standing.close() ? this : ended(); // this: goes on in onLogStopped
  }

  private Behavior<JobMessage> onCancel(JobMessage.Cancel cancel) {
    suspended = suspended || cancel.suspended() && end == null;
    return end(JobStatus.CANCELLED, null);
  }

  private Behavior<JobMessage> onRestart() {
    if (end == null) {
      begin();
    }
    return this;
  }

  private Behavior<JobMessage> end(JobStatus status, @Nullable Throwable cause) {
    if (end == null) {
      end = status;
      endCause = cause;
      Throwable abort =
          status == JobStatus.FINISHED
              ? null
              : cause != null ? cause : new IllegalStateException("the job was cancelled");
      tearDown(true, abort);
    }
    return this;
  }

  private Behavior<JobMessage> onLogStopped() {
    Throwable cause = standing.stopped();
    return end != null && isTornDown ? ended() : end(JobStatus.FAILED, cause);
  }

  private Behavior<JobMessage> ended() {
    handle.ended(Objects.requireNonNull(end), endCause);
    return Behaviors.stopped();
  }

  private Behavior<JobMessage> onWanted(JobMessage.Wanted wanted) {
    if (run != null && end == null) {
      run.take(wanted);
    } else {
      wanted.refuse(new IllegalStateException("no checkpoint while the job is " + handle.status()));
    }
    return this;
  }

  private Behavior<JobMessage> tellRetained(JobMessage.TellRetained asking) {
    standing.tellRetained(asking.result());
    return this;
  }

  private Behavior<JobMessage> onStop() {
    handle.ended(
        JobStatus.FAILED,
        new IllegalStateException(
            "the actor system was stopped; a later run goes on from the last checkpoint"));
    return this;
  }
}
