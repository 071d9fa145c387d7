package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one attempt: when the next one is triggered, what has come together of it, and
 * what must be published. One at a time. Runs in the coordinator's thread.
 */
final class Checkpoints {
  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final Attempt attempt;
  private final CheckpointConfig config;
  private final List<CompletableFuture<Checkpoint>> waiting = new ArrayList<>();
  private final Map<Integer, TreeMap<Long, byte[]>> unpublished = new HashMap<>();
  private final Map<Integer, Long> publishedUpTo = new HashMap<>();
  private @Nullable CheckpointInProgress current;
  private @Nullable CheckpointInProgress writing;
  private @Nullable Cancellable nextTick;
  private boolean lastWanted;
  private final LongSupplier reservedTo;
  private long nextId;
  private int failures;

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
    this.nextId = firstId;
    this.reservedTo = reservedTo;
  }

  void start() {
    if (config.isCheckpointingEnabled()) {
      scheduleTick(config.getCheckpointInterval());
    }
  }

  private void scheduleTick(Duration delay) {
    if (nextTick != null) {
      nextTick.cancel();
    }
    nextTick = context.scheduleOnce(delay, context.getSelf(), new JobMessage.Tick(attempt.number));
  }

  void tick() {
    if (!lastWanted) {
      begin();
    }
  }

  /** Memory is full of what is not in rows: the next checkpoint does not wait for its time. */
  void early() {
    tick();
  }

  /** Takes one more caller that wants a checkpoint. */
  void request(CompletableFuture<Checkpoint> result) {
    waiting.add(result);
    begin();
  }

  /** The input has ended: one more checkpoint, which is the last. */
  void last() {
    lastWanted = true;
    begin();
  }

  private void begin() {
    if (current != null || writing != null) {
      return; // goes on when that one is done
    }
    if (nextId > reservedTo.getAsLong()) {
      context
          .getSelf()
          .tell(
              new JobMessage.AttemptFailed(
                  attempt.number,
                  new IllegalStateException(
                      "no checkpoint completed for so long that the reserved ids are used up")));
      return; // the next attempt reserves a block of its own
    }
    CheckpointInProgress next =
        new CheckpointInProgress(
            nextId++, parts.clock().instant(), attempt.answersToCheckpoint(), lastWanted, waiting);
    waiting.clear();
    current = next;
    context.scheduleOnce(
        config.getCheckpointTimeout(),
        context.getSelf(),
        new JobMessage.TimedOut(attempt.number, next.id));
    attempt.trigger(next.id);
  }

  /** Takes an answer; returns the checkpoint if it was the last one missing. */
  @Nullable CheckpointInProgress answer(JobMessage.OfAttempt message) {
    CheckpointInProgress taking = current;
    if (taking == null) {
      return null;
    }
    boolean complete = false;
    Plan plan = parts.plan();
    if (message instanceof JobMessage.SourceAt at && at.checkpoint() == taking.id) {
      taking.positions.put(attempt.lanes().lane(at.lane()).name(), at.position());
      complete = taking.answered();
    } else if (message instanceof JobMessage.GeneratorAt at && at.checkpoint() == taking.id) {
      taking.generators.put(
          Attempt.generatorName(attempt.lanes().lane(at.lane()), at.node()), at.state());
      complete = taking.answered();
    } else if (message instanceof JobMessage.StepCommitted at && at.checkpoint() == taking.id) {
      taking.watermarks.put(plan.steps().get(at.step()).stepId(), at.watermark());
      taking.bytes += at.bytes();
      complete = taking.answered();
    } else if (message instanceof JobMessage.SinkPrepared at && at.checkpoint() == taking.id) {
      taking.handles.put(plan.sinks().get(at.sink()).stepId(), at.handle());
      complete = taking.answered();
    }
    if (!complete) {
      return null;
    }
    current = null;
    writing = taking;
    return taking;
  }

  /** Returns the record that makes the checkpoint complete, on top of what is recorded. */
  JobRecord recordOf(CheckpointInProgress done, JobRecord now) {
    boolean needsMoreIds = nextId + JobRecord.BLOCK / 2 > now.reservedTo();
    long reservedTo = now.reservedTo() + (needsMoreIds ? JobRecord.BLOCK : 0);
    Manifest manifest = manifest(done, now.completed());
    Duration took = Duration.between(done.startedAt, parts.clock().instant());
    Kept kept = Kept.newest(manifest, took.toMillis(), done.bytes, Kept.NOTHING);
    return now.withCompleted(manifest, kept, config.getNumRetained(), reservedTo);
  }

  private Manifest manifest(CheckpointInProgress done, @Nullable Manifest before) {
    Map<String, dev.keyling.connector.Position> positions = new TreeMap<>();
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
    return new Manifest(
        done.id, parts.clock().millis(), positions, done.generators, done.watermarks, handles);
  }

  /**
   * The checkpoint is durable.
   *
   * @param retained those that can be restored now, this one the last
   */
  void completed(CheckpointInProgress done, List<Checkpoint> retained) {
    writing = null;
    failures = 0;
    Instant now = parts.clock().instant();
    Duration took = Duration.between(done.startedAt, now);
    Checkpoint checkpoint = retained.get(retained.size() - 1);
    attempt.completed(done.id, retained.stream().map(Checkpoint::id).toList());
    done.callers.forEach(caller -> caller.complete(checkpoint));
    if (!done.last) {
      goOn(took);
    }
  }

  private void goOn(Duration took) {
    if (lastWanted || !waiting.isEmpty()) {
      begin();
    } else {
      Duration left = config.getCheckpointInterval().minus(took);
      Duration pause = config.getMinPauseBetweenCheckpoints();
      Duration delay = left.compareTo(pause) < 0 ? pause : left;
      scheduleTick(delay.isNegative() ? Duration.ZERO : delay);
    }
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

  /** Gives a checkpoint up that takes too long; as {@link #givenUp}. */
  boolean timedOut(long checkpoint) {
    return givenUp(
        checkpoint,
        new IllegalStateException(
            "checkpoint %d was not complete after %s"
                .formatted(checkpoint, config.getCheckpointTimeout())),
        config.getCheckpointTimeout());
  }

  /** Gives a checkpoint up that a step does not take part in; as {@link #givenUp}. */
  boolean declined(long checkpoint, Throwable cause) {
    return givenUp(checkpoint, cause, Duration.ZERO);
  }

  /**
   * Gives a checkpoint up; returns whether more have failed in a row than are tolerable. Commits
   * that were made for it stay valid.
   */
  private boolean givenUp(long checkpoint, Throwable cause, Duration took) {
    CheckpointInProgress failed = current;
    if (failed == null || failed.id != checkpoint) {
      return false;
    }
    current = null;
    failed.fail(cause);
    if (++failures > config.getTolerableCheckpointFailureNumber()) {
      return true;
    }
    attempt.aborted(checkpoint);
    goOn(took);
    return false;
  }

  /** The attempt is over. */
  void abandon(Throwable cause) {
    if (current != null) {
      current.fail(cause);
    }
    if (writing != null) {
      writing.fail(cause);
    }
    waiting.forEach(caller -> caller.completeExceptionally(cause));
  }
}
