package dev.keyling.sharding.job;

import dev.keyling.actors.EventLog;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.persistence.History;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands: its newest record and the journal that holds it; nothing but numbers if it
 * takes no checkpoints. Runs in the coordinator's thread.
 */
final class Standing {
  private final JobParts parts;
  private final Beginning beginning;
  private final Manifests manifests = Manifests.IN_RECORD;
  private @Nullable JobLog log;
  private @Nullable JobRecord record;
  private @Nullable Throwable failure;
  private int attempts;

  Standing(ActorContext<JobMessage> context, JobParts parts, Beginning beginning) {
    this.parts = parts;
    this.beginning = beginning;
    if (parts.plan().checkpoints().isCheckpointingEnabled()) {
      log = new JobLog(context, parts.plan().name());
    }
  }

  /** Tells whether there is a journal; what it says comes as messages. */
  boolean isStored() {
    return log != null;
  }

  /**
   * Takes what the journal says.
   *
   * @return whether it has said all that is stored: the first attempt can begin
   * @throws dev.keyling.persistence.StoreException if the program does not fit what is stored, or
   *     what it is to begin with is not there
   */
  boolean on(JobMessage.FromLog fromLog) {
    if (fromLog.message() instanceof EventLog.Recovered recovered) {
      List<EventLog.Event> events = recovered.events();
      if (!events.isEmpty()) {
        record = JobRecord.decode(events.get(events.size() - 1).bytes());
        Program.check(parts, record);
      }
      if (beginning instanceof Beginning.Retained to) {
        record = RetainedCheckpoints.backTo(to.checkpoint(), record, parts.plan(), manifests);
      }
      return true;
    }
    if (fromLog.message() instanceof EventLog.Appended appended && log != null) {
      log.appended(appended);
    } else if (fromLog.message() instanceof EventLog.Broken broken) {
      failure = broken.cause();
    }
    return false;
  }

  /** Writes down that an attempt begins. */
  void beginAttempt(Runnable afterwards) {
    JobRecord next = JobRecord.ofNextAttempt(record, attempts + 1, Program.of(parts));
    attempts = next.attempt();
    if (log == null) {
      afterwards.run();
    } else {
      write(next, afterwards);
    }
  }

  void write(JobRecord next, Runnable afterwards) {
    record = next;
    Objects.requireNonNull(log).append(next, afterwards);
  }

  /** Returns the number of the newest attempt; 0 before the first. */
  int attempt() {
    return attempts;
  }

  /** Returns the first checkpoint id of the newest attempt. */
  long firstId() {
    return record == null ? 1 : record.firstId();
  }

  /** Returns the last checkpoint id that is reserved. */
  long reservedTo() {
    return record().reservedTo();
  }

  JobRecord record() {
    return Objects.requireNonNull(record);
  }

  /** Returns the newest completed checkpoint; null if there is none. */
  @Nullable Manifest completed() {
    return record == null ? null : record.completed();
  }

  History history() {
    return record == null ? History.of(List.of()) : record.history();
  }

  List<Long> retainedIds() {
    return record == null ? List.of() : record.retainedIds();
  }

  void tellRetained(CompletableFuture<List<Checkpoint>> result) {
    result.complete(record == null ? List.of() : record.checkpoints());
  }

  /** Lets go of the journal; returns whether {@link JobMessage.LogStopped} follows. */
  boolean close() {
    if (log == null) {
      return false;
    }
    log.stop();
    return true;
  }

  /** The journal has stopped; returns why, if it has said so. */
  Throwable stopped() {
    log = null;
    return failure != null ? failure : new IllegalStateException("the job's journal has stopped");
  }
}
