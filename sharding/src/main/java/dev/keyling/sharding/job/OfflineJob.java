package dev.keyling.sharding.job;

import dev.keyling.persistence.History;
import dev.keyling.persistence.Segment;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.OfflineStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands, as a store says that nobody uses.
 *
 * @param checkpoint the newest completed checkpoint, null if none has completed
 * @param completedAt when, ms since 1970; 0 if none has
 * @param history what counts of what key groups have written
 */
public record OfflineJob(@Nullable Long checkpoint, long completedAt, History history) {

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
        : Optional.of(of(JobRecord.decode(events.get(events.size() - 1).payload())));
  }

  private static OfflineJob of(JobRecord record) {
    Manifest completed = record.completed();
    return completed == null
        ? new OfflineJob(null, 0, record.history())
        : new OfflineJob(completed.id(), completed.completedAt(), record.history());
  }

  /**
   * Returns what counted when a checkpoint was the newest.
   *
   * @throws StoreException if there is no such checkpoint
   */
  public History asOf(long id) {
    if (!history.contains(id)) {
      throw new StoreException(
          "checkpoint "
              + id
              + " is not in the history of the job; these are: "
              + history.segments().stream()
                  .map(segment -> (segment.from() + 1) + " to " + segment.to())
                  .collect(Collectors.joining(", ")));
    }
    return History.of(
        history.segments().stream()
            .filter(segment -> segment.from() < id)
            .map(s -> new Segment(s.attempt(), s.from(), Math.min(s.to(), id)))
            .toList());
  }
}
