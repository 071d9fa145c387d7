package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.connector.Position;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one attempt: does what {@link TriggerRules} decide, and knows what has come
 * together of those in progress, and what must be published. Runs in the coordinator's thread.
 */
final class Checkpoints {
  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final Attempt attempt;
  private final CheckpointConfig config;
  private final TriggerRules rules;
  private final CheckpointReport report;
  private final LongSupplier reservedTo;
  private final Map<Long, CheckpointInProgress> inProgress = new TreeMap<>();
  private final Map<Integer, TreeMap<Long, byte[]>> unpublished = new HashMap<>();
  private final Map<Integer, Long> publishedUpTo = new HashMap<>();

  /** Those that savepoints are, or will be, copies of: what they hold must stay. */
  private final TreeSet<Long> held = new TreeSet<>();

  private @Nullable Cancellable nextLook;

  Checkpoints(
      ActorContext<JobMessage> context,
      JobParts parts,
      Attempt attempt,
      long firstId,
      LongSupplier reservedTo) {
    this.context = context;
    this.parts = parts;
    this.attempt = attempt;
    this.config = parts.plan().checkpoints();
    this.rules =
        new TriggerRules(
            parts.plan().name(), config, firstId, () -> ThreadLocalRandom.current().nextDouble());
    this.report = new CheckpointReport(context.getLog(), parts);
    this.reservedTo = reservedTo;
  }

  /** Pauses are real time, as the timers are that wait for them. */
  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  void start() {
    perform(rules.start(now()));
  }

  /** The rules wanted to look at the time. */
  void look() {
    perform(rules.look(now()));
  }

  /** Takes a checkpoint, now or as soon as the rules allow it. */
  void request(CheckpointRequest request) {
    perform(rules.request(request, now()));
  }

  private void perform(List<TriggerEffect> effects) {
    for (TriggerEffect effect : effects) {
      if (effect instanceof TriggerEffect.Begin begin) {
        begin(begin);
      } else if (effect instanceof TriggerEffect.GiveUp giveUp) {
        giveUp(giveUp);
      } else if (effect instanceof TriggerEffect.Refuse refuse) {
        refuse.request().failed(refuse.cause());
      } else if (effect instanceof TriggerEffect.FailAttempt fail) {
        failAttempt(fail.cause());
      } else if (effect instanceof TriggerEffect.LookAgain look) {
        if (nextLook != null) {
          nextLook.cancel();
        }
        nextLook =
            context.scheduleOnce(
                Duration.ofMillis(look.afterMillis()),
                context.getSelf(),
                new JobMessage.LookAtTime(attempt.number));
      }
    }
  }

  private void failAttempt(Throwable cause) {
    context.getSelf().tell(new JobMessage.AttemptFailed(attempt.number, cause));
  }

  private void begin(TriggerEffect.Begin begin) {
    CheckpointInProgress next =
        new CheckpointInProgress(
            begin.id(), parts.clock().instant(), attempt.answersToCheckpoint(), begin.requests());
    inProgress.put(next.id, next);
    report.began();
    if (next.id > reservedTo.getAsLong()) {
      failAttempt( // the next one reserves a block of its own
          new IllegalStateException(
              "no checkpoint completed for so long that the reserved ids are used up"));
      return;
    }
    context.scheduleOnce(
        config.getCheckpointTimeout(),
        context.getSelf(),
        new JobMessage.TimedOut(attempt.number, next.id));
    if (next.isSavepoint()) {
      held.add(next.id);
    }
    attempt.trigger(next.id, next.stops());
    if (config.isUnalignedCheckpointsEnabled() && !next.isSavepoint()) { // that holds no elements
      context.scheduleOnce(
          config.getAlignmentTimeout(),
          context.getSelf(),
          new JobMessage.Overtake(attempt.number, next.id));
    }
  }

  /** Commits that were made for it stay valid. */
  private void giveUp(TriggerEffect.GiveUp giveUp) {
    CheckpointInProgress failed = inProgress.remove(giveUp.id());
    if (failed != null) {
      report.failed(failed, giveUp.cause());
      held.remove(failed.id);
      failed.failed(giveUp.cause());
      attempt.aborted(giveUp.id());
    }
  }

  /** Takes an answer; returns the checkpoint if it was the last one missing. */
  @Nullable CheckpointInProgress answer(JobMessage.Answer answer) {
    CheckpointInProgress of = inProgress.get(answer.checkpoint());
    if (of == null) {
      return null;
    }
    Plan plan = parts.plan();
    if (answer instanceof JobMessage.SourceAt at) {
      of.positions.put(attempt.lanes().lane(at.lane()).name(), at.position());
    } else if (answer instanceof JobMessage.GeneratorAt at) {
      of.generators.put(
          Attempt.generatorName(attempt.lanes().lane(at.lane()), at.node()), at.state());
    } else if (answer instanceof JobMessage.StepCommitted at) {
      String step = plan.steps().get(at.step()).stepId();
      of.watermarks.put(step, at.watermark());
      of.overtaken.put(step, at.overtaken());
      of.bytes += at.bytes();
      of.keys += at.keys();
      if (at.ended()) {
        of.ended.add(step);
      }
      of.alignedAfterNanos = Math.max(of.alignedAfterNanos, at.alignmentNanos());
    } else if (answer instanceof JobMessage.SinkPrepared at) {
      of.handles.put(plan.sinks().get(at.sink()).stepId(), at.handle());
    }
    of.answered();
    return of.isAnswered() ? of : null;
  }

  /** Returns a checkpoint that is neither complete nor given up. */
  @Nullable CheckpointInProgress inProgress(long checkpoint) {
    return inProgress.get(checkpoint);
  }

  /** Returns the record that makes the checkpoint complete, on top of what is recorded. */
  JobRecord recordOf(CheckpointInProgress done, Manifest manifest, byte[] place, JobRecord now) {
    boolean needsMoreIds = rules.nextId() + JobRecord.BLOCK / 2 > now.reservedTo();
    long upTo = now.reservedTo() + (needsMoreIds ? JobRecord.BLOCK : 0);
    Duration took = Duration.between(done.startedAt, parts.clock().instant());
    Kept kept = Kept.newest(manifest, took.toMillis(), done.bytes, done.keys, place);
    return now.withCompleted(manifest, kept, config.getNumRetained(), upTo);
  }

  /** Returns what the checkpoint is, on top of the one before. */
  Manifest manifest(CheckpointInProgress done, @Nullable Manifest before) {
    Map<String, Position> positions = new TreeMap<>();
    if (before != null) {
      positions.putAll(before.positions());
    }
    positions.putAll(done.positions);
    Map<String, List<byte[]>> handles = new TreeMap<>();
    List<SinkNode> sinks = parts.plan().sinks();
    for (int sink = 0; sink < sinks.size(); sink++) {
      byte[] handle = done.handles.get(sinks.get(sink).stepId());
      TreeMap<Long, byte[]> staged = unpublished.computeIfAbsent(sink, s -> new TreeMap<>());
      if (handle != null && handle.length > 0) {
        staged.put(done.id, handle);
      }
      handles.put(sinks.get(sink).stepId(), List.copyOf(staged.values()));
    }
    Manifest manifest =
        new Manifest(
            done.id,
            parts.clock().millis(),
            positions,
            done.generators,
            done.watermarks,
            handles,
            done.overtaken,
            done.ended);
    done.manifest = manifest;
    return manifest;
  }

  /**
   * The checkpoint is durable.
   *
   * @param retained those that can be restored now, this one the last
   */
  void completed(CheckpointInProgress done, List<Checkpoint> retained) {
    inProgress.remove(done.id);
    TreeSet<Long> wanted = new TreeSet<>(held);
    retained.forEach(each -> wanted.add(each.id()));
    attempt.completed(done.id, List.copyOf(wanted));
    report.completed(done);
    done.completed(retained.get(retained.size() - 1));
    perform(rules.completed(done.id, now()));
  }

  void published(JobMessage.SinkPublished published) {
    publishedUpTo.put(published.sink(), published.checkpoint());
    TreeMap<Long, byte[]> staged = unpublished.get(published.sink());
    if (staged != null) {
      // the newest stays: it says how long the output is
      staged.headMap(published.checkpoint(), false).clear();
    }
  }

  /** Tells whether every sink has published this checkpoint. */
  boolean isPublished(long checkpoint) {
    for (int sink = 0; sink < parts.plan().sinks().size(); sink++) {
      if (publishedUpTo.getOrDefault(sink, 0L) < checkpoint) {
        return false;
      }
    }
    return true;
  }

  /** A checkpoint takes too long; the others in progress have their own time. */
  void timedOut(long checkpoint) {
    CheckpointInProgress late = inProgress.get(checkpoint);
    if (late == null || late.isAnswered()) {
      return; // what is being written can no longer be given up
    }
    failed(
        checkpoint,
        new IllegalStateException(
            ("dataflow \"%s\": checkpoint %d was not complete after %s; if it needs longer, call"
                    + " setCheckpointTimeout, and for failures that may happen"
                    + " setTolerableCheckpointFailureNumber")
                .formatted(parts.plan().name(), checkpoint, config.getCheckpointTimeout())));
  }

  /** A checkpoint has failed, unless it is given up already. */
  void failed(long checkpoint, Throwable cause) {
    perform(rules.failed(checkpoint, cause, now()));
  }

  /** A savepoint needs its checkpoint no longer. */
  void release(long checkpoint) {
    held.remove(checkpoint);
  }

  /** The job does not stop after all. */
  void goOn() {
    perform(rules.goOn(now()));
  }

  /** The attempt is over. */
  void abandon(Throwable cause) {
    for (CheckpointInProgress each : inProgress.values()) {
      report.abandoned(each, cause);
      each.failed(cause);
    }
    rules.abandon().forEach(each -> each.failed(cause));
  }
}
