package dev.keyling.sharding.job;

import dev.keyling.JobStatus;
import dev.keyling.actors.EventLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
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

  /** What to do when the records that are being written are durable, in their order. */
  private final Queue<Runnable> afterWrites = new ArrayDeque<>();

  private @Nullable ActorRef log;
  private @Nullable JobRecord record;
  private @Nullable AttemptRun run;
  private @Nullable Throwable logFailure;
  private Duration pause = Duration.ZERO;
  private long trimmedTo;
  private int attempts;
  private @Nullable JobStatus end;
  private @Nullable Throwable endCause;

  private JobActor(ActorContext<JobMessage> context, JobParts parts, JobHandle handle) {
    super(context);
    this.parts = parts;
    this.handle = handle;
    this.restarts = new RestartPolicy(parts.plan().restarts());
    handle.started(context.getSelf());
    if (parts.plan().checkpoints().isCheckpointingEnabled()) {
      log = openLog();
    } else {
      begin();
    }
  }

  static Behavior<JobMessage> create(JobParts parts, JobHandle handle) {
    return Behaviors.setup(context -> new JobActor(context, parts, handle));
  }

  private ActorRef openLog() {
    org.apache.pekko.actor.typed.ActorRef<JobMessage> self = getContext().getSelf();
    ActorRef newLog =
        Adapter.actorOf(
            getContext(),
            EventLog.props(
                "keyling|" + parts.plan().name(),
                message -> self.tell(new JobMessage.FromLog(message))));
    getContext().watchWith(Adapter.toTyped(newLog), new JobMessage.LogStopped());
    return newLog;
  }

  @Override
  public Receive<JobMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(JobMessage.FromLog.class, this::onLog)
        .onMessage(JobMessage.OfAttempt.class, this::onAttempt)
        .onMessage(JobMessage.Trigger.class, this::onTrigger)
        .onMessage(JobMessage.Cancel.class, cancel -> onCancel())
        .onMessage(JobMessage.TornDown.class, torn -> onTornDown())
        .onMessage(JobMessage.Restart.class, restart -> onRestart())
        .onMessage(JobMessage.LogStopped.class, stopped -> onLogStopped())
        .build();
  }

  private Behavior<JobMessage> onLog(JobMessage.FromLog fromLog) {
    if (fromLog.message() instanceof EventLog.Recovered recovered) {
      try {
        List<EventLog.Event> events = recovered.events();
        if (!events.isEmpty()) {
          record = JobRecord.decode(events.get(events.size() - 1).bytes());
          Program.check(parts, record);
        }
        begin();
      } catch (RuntimeException e) {
        end(JobStatus.FAILED, e);
      }
    } else if (fromLog.message() instanceof EventLog.Appended appended) {
      trim(appended.sequenceNr());
      afterWrites.remove().run();
    } else if (fromLog.message() instanceof EventLog.Broken broken) {
      logFailure = broken.cause();
    }
    return this;
  }

  /** The newest record says all, so the ones before it can go; not one by one. */
  private void trim(long sequenceNr) {
    if (log != null && sequenceNr - trimmedTo > 100) {
      trimmedTo = sequenceNr - 1;
      log.tell(new EventLog.Trim(trimmedTo), ActorRef.noSender());
    }
  }

  private void write(JobRecord next, Runnable afterwards) {
    record = next;
    afterWrites.add(afterwards);
    Objects.requireNonNull(log)
        .tell(new EventLog.Append(next.attempt(), List.of(next.encode())), ActorRef.noSender());
  }

  /** Begins an attempt: first of all, it is written down. */
  private void begin() {
    JobRecord before = record;
    attempts = before == null ? attempts + 1 : before.attempt() + 1;
    long firstId = before == null ? 1 : before.reservedTo() + 1;
    int number = attempts;
    handle.attempt(number);
    if (log == null) {
      start(number, firstId);
      return;
    }
    write(
        new JobRecord(
            number,
            firstId,
            firstId + Checkpoints.BLOCK - 1,
            before == null ? List.of() : before.segments(),
            Program.of(parts),
            before == null ? null : before.completed()),
        () -> start(number, firstId));
  }

  private void start(int number, long firstId) {
    if (end != null) {
      return;
    }
    try {
      Manifest base = record == null ? null : record.completed();
      Attempt attempt = new Attempt(getContext(), parts, number, firstId, base);
      Checkpoints checkpoints = new Checkpoints(getContext(), parts, attempt, firstId);
      run = new AttemptRun(parts, attempt, checkpoints, this);
      getContext()
          .scheduleOnce(
              parts.settings().startTimeout(),
              getContext().getSelf(),
              new JobMessage.StartTimedOut(number));
      attempt.open(Program.history(record));
    } catch (Exception e) {
      failed(e);
    }
  }

  private Behavior<JobMessage> onAttempt(JobMessage.OfAttempt message) {
    if (run != null && message.attempt() == run.attempt().number && end == null) {
      run.on(message);
    }
    return this;
  }

  @Override
  public void running() {
    handle.status(JobStatus.RUNNING);
  }

  @Override
  public void complete(CheckpointInProgress checkpoint) {
    JobRecord now = Objects.requireNonNull(record);
    AttemptRun of = Objects.requireNonNull(run);
    long reservedTo = now.reservedTo();
    if (of.checkpoints().needsMoreIds(reservedTo)) {
      reservedTo += Checkpoints.BLOCK;
    }
    Manifest manifest = of.checkpoints().manifest(checkpoint, now.completed());
    write(
        now.withCompleted(manifest, reservedTo),
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
    AttemptRun over = run;
    run = null;
    if (over == null) {
      getContext().getSelf().tell(new JobMessage.TornDown(attempts));
    } else {
      over.checkpoints()
          .abandon(cause != null ? cause : new IllegalStateException("the job has ended"));
      over.attempt().tearDown(forGood, cause);
    }
  }

  private Behavior<JobMessage> onTornDown() {
    if (end == null) {
      getContext().scheduleOnce(pause, getContext().getSelf(), new JobMessage.Restart());
      return this;
    }
    if (log != null) {
      getContext().stop(Adapter.toTyped(log)); // goes on in onLogStopped
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

  private void end(JobStatus status, @Nullable Throwable cause) {
    if (end == null) {
      end = status;
      endCause = cause;
      Throwable abort =
          status == JobStatus.FINISHED
              ? null
              : cause != null ? cause : new IllegalStateException("the job was cancelled");
      tearDown(true, abort);
    }
  }

  private Behavior<JobMessage> onLogStopped() {
    log = null;
    if (end != null) {
      return ended();
    }
    Throwable cause = logFailure;
    end(
        JobStatus.FAILED,
        cause != null ? cause : new IllegalStateException("the job's journal has stopped"));
    return this;
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

  private Behavior<JobMessage> onCancel() {
    end(JobStatus.CANCELLED, null);
    return this;
  }
}
