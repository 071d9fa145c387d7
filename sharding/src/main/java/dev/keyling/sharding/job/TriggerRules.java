package dev.keyling.sharding.job;

import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.sharding.job.CheckpointRequest.Early;
import dev.keyling.sharding.job.CheckpointRequest.Last;
import dev.keyling.sharding.job.CheckpointRequest.Periodic;
import dev.keyling.sharding.job.CheckpointRequest.Savepoint;
import dev.keyling.sharding.job.TriggerEffect.Begin;
import dev.keyling.sharding.job.TriggerEffect.FailAttempt;
import dev.keyling.sharding.job.TriggerEffect.GiveUp;
import dev.keyling.sharding.job.TriggerEffect.LookAgain;
import dev.keyling.sharding.job.TriggerEffect.Refuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * When the checkpoints of one attempt begin, which of them end before they are complete, and how
 * many failures are too many. Decides only: every call is told the time, in milliseconds that never
 * go back, and returns what is to be done, in order.
 *
 * <p>A checkpoint that begins serves everything that waits at that moment, but for savepoints: each
 * has one of its own.
 */
final class TriggerRules {
  static final int MAX_WAITING = 1000;
  private static final long NEVER = Long.MAX_VALUE;

  private final String dataflow;
  private final CheckpointConfig config;
  private final DoubleSupplier random;

  /** What waits, the next one first. */
  private final List<CheckpointRequest> waiting = new ArrayList<>();

  /** By id, what the checkpoints in progress serve. */
  private final TreeMap<Long, List<CheckpointRequest>> pending = new TreeMap<>();

  private final List<TriggerEffect> effects = new ArrayList<>();
  private long nextId;
  private long nextPeriodic = NEVER;
  private long pausedUntil = Long.MIN_VALUE;
  private long looksAt = NEVER;
  private long lastCompleted = -1;
  private int failures;

  /** The job stops behind the newest checkpoint: what waits goes on waiting. */
  private boolean held;

  /**
   * @param random at least 0, below 1
   */
  TriggerRules(String dataflow, CheckpointConfig config, long firstId, DoubleSupplier random) {
    this.dataflow = dataflow;
    this.config = config;
    this.nextId = firstId;
    this.random = random;
  }

  /** Returns the id of the checkpoint that begins next. */
  long nextId() {
    return nextId;
  }

  /** The attempt runs: periodic checkpoints may come, the first at a time that no other job has. */
  List<TriggerEffect> start(long now) {
    if (config.isCheckpointingEnabled()) {
      long least = config.getMinPauseBetweenCheckpoints().toMillis();
      long most = config.getCheckpointInterval().toMillis();
      nextPeriodic = now + least + (long) (random.getAsDouble() * (most - least + 1));
    }
    return decided(now);
  }

  /** The time has come that was asked for, or any other. */
  List<TriggerEffect> look(long now) {
    looksAt = NEVER;
    if (now >= nextPeriodic) {
      long interval = config.getCheckpointInterval().toMillis();
      // what came late does not move those behind it; what was missed is not made up for
      nextPeriodic = (now - nextPeriodic < interval ? nextPeriodic : now) + interval;
      addOnce(new Periodic());
    }
    return decided(now);
  }

  List<TriggerEffect> request(CheckpointRequest request, long now) {
    if (request instanceof Last) {
      nextPeriodic = NEVER;
      waiting.removeIf(Periodic.class::isInstance);
    }
    if (request instanceof Last || request instanceof Early) {
      addOnce(request); // the job itself needs them
    } else if (waiting.size() < MAX_WAITING || waiting.remove(new Periodic())) {
      add(request);
    } else {
      effects.add(
          new Refuse(
              request,
              new IllegalStateException(
                  ("dataflow \"%s\": no checkpoint, as %d requests are waiting for one; wait for"
                          + " those before you ask for more")
                      .formatted(dataflow, waiting.size()))));
    }
    return decided(now);
  }

  private void addOnce(CheckpointRequest request) {
    if (!waiting.contains(request)) {
      add(request);
    }
  }

  private void add(CheckpointRequest request) {
    int place = waiting.size();
    while (place > 0 && waiting.get(place - 1).rank() > request.rank()) {
      place--;
    }
    waiting.add(place, request);
  }

  /** A checkpoint is complete. Those before it have no use any more, but for savepoints. */
  List<TriggerEffect> completed(long id, long now) {
    pending.remove(id);
    lastCompleted = Math.max(lastCompleted, id);
    failures = 0;
    pausedUntil = now + config.getMinPauseBetweenCheckpoints().toMillis();
    waiting.removeIf(Early.class::isInstance); // who still has too much asks again
    for (long older : List.copyOf(pending.headMap(id).keySet())) {
      if (!isSavepoint(older)) {
        giveUp(
            older,
            new IllegalStateException(
                "dataflow \"%s\": checkpoint %d was subsumed, as checkpoint %d is complete"
                    .formatted(dataflow, older, id)));
      }
    }
    return decided(now);
  }

  /** A checkpoint has failed; of one that is not in progress it is known, or does not matter. */
  List<TriggerEffect> failed(long id, Throwable cause, long now) {
    if (!pending.containsKey(id)) {
      return List.of();
    }
    boolean counts = id > lastCompleted && !isSavepoint(id);
    giveUp(id, cause);
    int tolerable = config.getTolerableCheckpointFailureNumber();
    if (counts && tolerable != Integer.MAX_VALUE && ++failures > tolerable) {
      effects.add(new FailAttempt(cause));
      return taken(); // nothing begins any more
    }
    return decided(now);
  }

  private void giveUp(long id, Throwable cause) {
    effects.add(new GiveUp(id, cause));
    for (CheckpointRequest request : Objects.requireNonNull(pending.remove(id))) {
      if (request instanceof Last || request instanceof Early) {
        addOnce(request); // nobody asks for it again
      }
    }
  }

  private boolean isSavepoint(long id) {
    return pending.getOrDefault(id, List.of()).stream().anyMatch(Savepoint.class::isInstance);
  }

  /** The job does not stop after all. */
  List<TriggerEffect> goOn(long now) {
    held = false;
    return decided(now);
  }

  /** The attempt is over; returns what waits. */
  List<CheckpointRequest> abandon() {
    List<CheckpointRequest> abandoned = List.copyOf(waiting);
    waiting.clear();
    return abandoned;
  }

  private List<TriggerEffect> decided(long now) {
    while (!waiting.isEmpty() && mayBegin(waiting.get(0), now)) {
      begin();
    }
    long at = waiting.stream().anyMatch(Periodic.class::isInstance) ? pauseOver(now) : NEVER;
    at = Math.min(at, nextPeriodic);
    if (at < NEVER && at != looksAt) {
      looksAt = at;
      effects.add(new LookAgain(Math.max(0, at - now)));
    }
    return taken();
  }

  private List<TriggerEffect> taken() {
    List<TriggerEffect> taken = List.copyOf(effects);
    effects.clear();
    return taken;
  }

  /** When the pause does not hold it back, the end of another checkpoint lets a request begin. */
  private long pauseOver(long now) {
    return pausedUntil > now ? pausedUntil : NEVER;
  }

  private boolean mayBegin(CheckpointRequest next, long now) {
    if (held) {
      return false;
    }
    boolean isFull = pending.size() >= config.getMaxConcurrentCheckpoints();
    boolean isEarly = next instanceof Periodic && now < pausedUntil;
    return next.isForced() || !isFull && !isEarly;
  }

  private void begin() {
    List<CheckpointRequest> served =
        waiting.get(0) instanceof Savepoint savepoint ? List.of(savepoint) : List.copyOf(waiting);
    waiting.removeAll(served);
    held = served.get(0) instanceof Savepoint savepoint && savepoint.stops();
    pending.put(nextId, served);
    effects.add(new Begin(nextId, served));
    nextId++;
  }
}
