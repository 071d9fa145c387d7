package dev.keyling.sharding.job;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.persistence.History;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands, as a store says that nobody uses.
 *
 * @param checkpoint the newest completed checkpoint, null if none has completed
 * @param completedAt when, ms since 1970; 0 if none has
 * @param history what counts of what key groups have written
 * @param retained the checkpoints that can be restored and looked at, oldest first
 */
public record OfflineJob(
    String dataflow,
    @Nullable Long checkpoint,
    long completedAt,
    History history,
    List<Checkpoint> retained) {

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

  private static OfflineJob of(String dataflow, JobRecord record) {
    Manifest completed = record.completed();
    List<Checkpoint> retained = record.checkpoints();
    return completed == null
        ? new OfflineJob(dataflow, null, 0, record.history(), retained)
        : new OfflineJob(
            dataflow, completed.id(), completed.completedAt(), record.history(), retained);
  }

  /**
   * Returns what counted when a checkpoint was the newest.
   *
   * @throws StoreException if it is not retained; says which are
   */
  public History asOf(long id) {
    List<Long> ids = retained.stream().map(Checkpoint::id).toList();
    if (!ids.contains(id)) {
      throw new StoreException(RetainedCheckpoints.notRetained(id, dataflow, ids));
    }
    return history.upTo(id);
  }
}
