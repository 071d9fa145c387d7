package dev.keyling.sharding.job;

import dev.keyling.actors.EventLog;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.RestoreMode;
import dev.keyling.checkpoint.Savepoint;
import dev.keyling.persistence.History;
import dev.keyling.persistence.savepoint.SavepointReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a job stands: its newest record and the journal that holds it; nothing but numbers if it
 * takes no checkpoints. Runs in the coordinator's thread.
 */
final class Standing {
  private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

  private final ActorContext<JobMessage> context;
  private final JobParts parts;
  private final Beginning beginning;
  private final RestorePoints restorePoints;
  private @Nullable JobLog log;
  private @Nullable JobRecord record;

  /** What the durable record says can be restored. */
  private List<Kept> kept = List.of();

  private @Nullable Throwable failure;
  private int attempts;

  Standing(ActorContext<JobMessage> context, JobParts parts, Beginning beginning) {
    this.context = context;
    this.parts = parts;
    this.beginning = beginning;
    this.restorePoints = new RestorePoints(parts);
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
        kept = record.retained();
        restorePoints.discardLeftovers(
            () -> events.stream().map(event -> JobRecord.decode(event.bytes())).toList());
      }
      if (beginning instanceof Beginning.Saved from) {
        restoreRows(from.savepoint());
        return false; // a message follows
      }
      if (record != null) {
        Program.check(parts, record);
      }
      if (beginning instanceof Beginning.Retained to) {
        record =
            RetainedCheckpoints.backTo(
                to.checkpoint(), record, parts.plan(), restorePoints.manifests());
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

  /** Reserves an id, durably, and has what the savepoint holds written under it. */
  private void restoreRows(Savepoint savepoint) {
    Map<String, String> program = record == null ? Map.of() : record.program();
    JobRecord reserved = JobRecord.ofNextAttempt(record, 0, program);
    write(
        reserved,
        () ->
            context.pipeToSelf(
                CompletableFuture.supplyAsync(
                    () -> new SavepointRestore(parts, savepoint).into(reserved), blocking()),
                (manifest, failure) ->
                    new JobMessage.RowsRestored(
                        manifest, failure == null ? null : reason(failure))));
  }

  /** What another thread threw comes wrapped. */
  private static Throwable reason(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }

  /** Writes down that from now on what was restored counts, and nothing else. */
  void restored(JobMessage.RowsRestored rows, Runnable afterwards) {
    Manifest manifest = Objects.requireNonNull(rows.manifest());
    write(
        record().restored(manifest, Program.of(parts)),
        () -> {
          if (beginning instanceof Beginning.Saved from
              && from.savepoint().mode() == RestoreMode.CLAIM) {
            claim(from.savepoint());
          }
          afterwards.run();
        });
  }

  private void claim(Savepoint savepoint) {
    CompletableFuture.runAsync(() -> SavepointReader.delete(savepoint.path()), blocking())
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn(
                    "dataflow {}: savepoint {} was claimed and could not be deleted; it is not needed any more",
                    parts.plan().name(),
                    savepoint.path(),
                    failure);
              }
            });
  }

  private Executor blocking() {
    return context
        .getSystem()
        .dispatchers()
        .lookup(DispatcherSelector.fromConfig(parts.settings().sourceDispatcher()));
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

  /** Writes a record; what can be restored no more goes when that is durable. */
  void write(JobRecord next, Runnable afterwards) {
    record = next;
    Objects.requireNonNull(log)
        .append(
            next,
            () -> {
              restorePoints.discard(
                  kept.stream().filter(each -> each.isNotIn(next.retained())).toList());
              kept = next.retained();
              afterwards.run();
            });
  }

  RestorePoints restorePoints() {
    return restorePoints;
  }

  /**
   * Lets go of the restore points, as the job has ended; the newest checkpoint stays.
   *
   * @return whether there were any: then the action follows, unless the journal stops before
   */
  boolean dropRestorePoints(Runnable afterwards) {
    if (log == null || record == null || attempts == 0 || !record.hasRestorePoints()) {
      return false; // what never began leaves everything as it was
    }
    write(record.withoutRestorePoints(), afterwards);
    return true;
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
