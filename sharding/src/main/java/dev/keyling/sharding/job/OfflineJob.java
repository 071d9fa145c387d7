package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands, as a store says that nobody uses.
 *
 * @param attempt the newest
 * @param checkpoint the newest completed checkpoint, null if none has completed
 * @param history what counts of what key groups have written
 * @param retained the checkpoints that can be restored and looked at, oldest first
 */
public record OfflineJob(
    String dataflow,
    int attempt,
    @Nullable Long checkpoint,
    History history,
    List<Retained> retained) {

  /**
   * A checkpoint that can be restored.
   *
   * @param keys how many it changed; 0 if a version wrote it that did not count them
   * @param manifest where its manifest is kept, in words: the store, a directory, a custom storage
   */
  public record Retained(Checkpoint checkpoint, long keys, String manifest) {

    private static Retained of(Kept kept) {
      try {
        String manifest =
            kept.place().length == 0
                ? "the store"
                : ManifestPlace.decode(kept.place()).inWords(kept.id());
        return new Retained(kept.checkpoint(), kept.keys(), manifest);
      } catch (IOException e) {
        return new Retained(kept.checkpoint(), kept.keys(), String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * Reads the newest record of a coordinator.
   *
   * @return empty if the store has none of this dataflow
   * @throws StoreException if what it reads is damaged
   */
  public static Optional<OfflineJob> read(OfflineStore store, String dataflow) {
    List<OfflineStore.Event> events = store.events(JobLog.persistenceId(dataflow));
    return events.isEmpty()
        ? Optional.empty()
        : Optional.of(of(dataflow, JobRecord.decode(events.get(events.size() - 1).payload())));
  }

  /**
   * Reads the jobs that a store has, by the names of their dataflows.
   *
   * @throws StoreException if what it reads is damaged
   */
  public static List<OfflineJob> all(OfflineStore store) {
    String prefix = JobLog.persistenceId("");
    List<OfflineJob> jobs = new ArrayList<>();
    for (String id : store.persistenceIds()) {
      if (id.startsWith(prefix) && GroupAddress.ofPersistenceId(id).isEmpty()) {
        read(store, id.substring(prefix.length())).ifPresent(jobs::add);
      }
    }
    return jobs;
  }

  private static OfflineJob of(String dataflow, JobRecord record) {
    Manifest completed = record.completed();
    return new OfflineJob(
        dataflow,
        record.attempt(),
        completed == null ? null : completed.id(),
        record.history(),
        record.retained().stream().map(Retained::of).toList());
  }

  /** Returns when a checkpoint was complete; empty if it is not retained. */
  public Optional<Instant> completedAt(long id) {
    return retained.stream()
        .map(Retained::checkpoint)
        .filter(each -> each.id() == id)
        .map(Checkpoint::completedAt)
        .findFirst();
  }

  /**
   * Returns what counted when a checkpoint was the newest.
   *
   * @throws StoreException if it is not retained; says which are
   */
  public History asOf(long id) {
    List<Long> ids = retainedIds();
    if (!ids.contains(id)) {
      throw new StoreException(RetainedCheckpoints.notRetained(id, dataflow, ids));
    }
    return history.upTo(id);
  }

  /** Returns the ids of the checkpoints that can be restored, oldest first. */
  public List<Long> retainedIds() {
    return retained.stream().map(each -> each.checkpoint().id()).toList();
  }
}
