package dev.keyling.jdbc;

import dev.keyling.connector.Restored;
import dev.keyling.jdbc.Ledger.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start of a writer, in one transaction: takes over from whoever wrote before, compares what
 * the database has with what the job restores, publishes what is missing and drops the rest.
 */
record Recovering(Place place, Ledger ledger, StagedRows staged, Publishing publishing) {

  Standing recover(Session session, @Nullable Restored restored, JdbcHandle handle)
      throws Exception {
    return session.transaction(
        "recovering",
        connection -> {
          Standing found = ledger.takeOver(connection);
          check(restored, handle, found);
          List<Segment> missing =
              handle.segments().stream()
                  .filter(each -> each.checkpointId() > found.published())
                  .toList();
          long published = found.published();
          if (restored != null && !missing.isEmpty()) {
            published = restored.checkpointId();
            publishing.publish(connection, missing);
            ledger.published(connection, published);
          }
          staged.forget(connection, null);
          return new Standing(found.epoch(), published);
        });
  }

  private void check(@Nullable Restored restored, JdbcHandle handle, Standing found) {
    if (!handle.sink().equals(place.sink())) {
      throw place.refused(
          "has another id than at the checkpoint, \"%s\"; give it that id again"
              .formatted(handle.sink()));
    }
    boolean isNew = restored == null || restored.handles().isEmpty();
    if (isNew && found.published() > 0) {
      throw place.refused(
          ("has published checkpoint %d of a job that this one does not continue; give it another"
                  + " id with id(...), or, when the rows of that job are removed: delete from %s"
                  + " where sink = '%s'")
              .formatted(found.published(), place.table(), quoted()));
    }
    if (restored != null && found.published() > restored.checkpointId()) {
      throw place.refused(
          ("is ahead: the database has the rows of checkpoint %d, and the job is restored from %d;"
                  + " restore the newest checkpoint, or, when the rows written since are removed or"
                  + " may be written again: update %s set checkpoint_id = %d where sink = '%s'")
              .formatted(
                  found.published(),
                  restored.checkpointId(),
                  place.table(),
                  restored.checkpointId(),
                  quoted()));
    }
    if (found.published() < handle.published()) {
      throw place.refused(
          ("had published checkpoint %d, but the database knows only of %d: it is another one, or"
                  + " an older copy; put back the right one, or start the job anew")
              .formatted(handle.published(), found.published()));
    }
  }

  private String quoted() {
    return place.sink().replace("'", "''");
  }
}
