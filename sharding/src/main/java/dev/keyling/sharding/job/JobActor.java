package dev.keyling.sharding.job;

import dev.keyling.JobStatus;
import dev.keyling.actors.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

  private @Nullable JobLog log;
  private @Nullable JobRecord record;
  private @Nullable AttemptRun run;
  private @Nullable Attempt latest;
  private @Nullable Throwable logFailure;
  private Duration pause = Duration.ZERO;
  private int attempts;
  private boolean hasRun;
  private boolean isTornDown;
  private @Nullable JobStatus end;
  private @Nullable Throwable endCause;

  private JobActor(ActorContext<JobMessage> context, JobParts parts, JobHandle handle) {
    super(context);
    this.parts = parts;
    this.handle = handle;
    this.restarts = new RestartPolicy(parts.plan().restarts());
    handle.started(context.getSelf());
    if (parts.plan().checkpoints().isCheckpointingEnabled()) {
      log = new JobLog(context, parts.plan().name());
    } else {
      begin();
    }
  }

  static Behavior<JobMessage> create(JobParts parts, JobHandle handle) {
    return Behaviors.setup(
        context -> {
          try {
            return new JobActor(context, parts, handle);
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
        .onMessage(JobMessage.Trigger.class, trigger -> guarded(() -> onTrigger(trigger)))
        .onMessage(JobMessage.Cancel.class, cancel -> guarded(() -> end(JobStatus.CANCELLED, null)))
        .onMessage(JobMessage.TornDown.class, torn -> guarded(() -> onTornDown(torn)))
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
    if (fromLog.message() instanceof EventLog.Recovered recovered) {
      List<EventLog.Event> events = recovered.events();
      if (!events.isEmpty()) {
        record = JobRecord.decode(events.get(events.size() - 1).bytes());
        Program.check(parts, record);
      }
      if (end == null) {
        begin();
      }
    } else if (fromLog.message() instanceof EventLog.Appended appended && log != null) {
      log.appended(appended);
    } else if (fromLog.message() instanceof EventLog.Broken broken) {
      logFailure = broken.cause();
    }
    return this;
  }

  private void write(JobRecord next, Runnable afterwards) {
    record = next;
    Objects.requireNonNull(log).append(next, afterwards);
  }

  /** Begins an attempt: first of all, it is written down. */
  private void begin() {
    JobRecord next = JobRecord.ofNextAttempt(record, attempts + 1, Program.of(parts));
    attempts = next.attempt();
    handle.attempt(attempts);
    if (log == null) {
      start(next.attempt(), next.firstId());
    } else {
      write(next, () -> start(next.attempt(), next.firstId()));
    }
  }

  private void start(int number, long firstId) {
    if (end != null) {
      return;
    }
    Manifest base = record == null ? null : record.completed();
    Attempt attempt;
    try {
      attempt = new Attempt(getContext(), parts, number, firstId, base);
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
        new Checkpoints(
            getContext(),
            parts,
            attempt,
            firstId,
            () -> Objects.requireNonNull(record).reservedTo());
    run = new AttemptRun(parts, attempt, checkpoints, this);
    attempt.open(Program.history(record));
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
  public void complete(CheckpointInProgress checkpoint) {
    JobRecord now = Objects.requireNonNull(record);
    AttemptRun of = Objects.requireNonNull(run);
    write(
        of.checkpoints().recordOf(checkpoint, now),
        () -> {
          handle.checkpointCompleted();
          if (run == of) {
            of.completed(checkpoint);
          }
        });
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
            attempts,
            next.get().toMillis(),
            String.valueOf(cause));
    handle.status(JobStatus.RESTARTING);
    pause = next.get();
    tearDown(false, cause);
  }

  private void tearDown(boolean forGood, @Nullable Throwable cause) {
    if (run != null) {
      run.checkpoints().abandon(cause == null ? new IllegalStateException("ended") : cause);
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
    if (log != null) {
      log.stop(); // goes on in onLogStopped
      return this;
    }
    return ended();
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
    log = null;
    if (end != null && isTornDown) {
      return ended();
    }
    Throwable cause = logFailure;
    return end(
        JobStatus.FAILED,
        cause != null ? cause : new IllegalStateException("the job's journal has stopped"));
  }

  private Behavior<JobMessage> ended() {
    handle.ended(Objects.requireNonNull(end), endCause);
    return Behaviors.stopped();
  }

  private Behavior<JobMessage> onTrigger(JobMessage.Trigger trigger) {
    if (run != null && end == null) {
      run.request(trigger.result());
    } else {
      trigger
          .result()
          .completeExceptionally(
              new IllegalStateException("no checkpoint while the job is " + handle.status()));
    }
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
