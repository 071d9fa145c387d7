package dev.keyling.actors;

import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.persistence.TimerVisitor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** No rows: everything is in the journal for ever, and every life replays all of it. */
final class NoRows implements RowStore {
  @Override
  public List<List<StoredEntry>> read(GroupAddress group, List<byte[]> keys, History history) {
    return keys.stream().map(key -> List.<StoredEntry>of()).toList();
  }

  @Override
  public void timers(GroupAddress group, History history, TimerVisitor visitor) {}

  @Override
  public List<byte[]> keys(
      GroupAddress group, History history, byte @Nullable [] after, int limit) {
    return List.of();
  }

  @Override
  public boolean isEmpty(GroupAddress group) {
    return true;
  }

  @Override
  public Optional<Mark> mark(GroupAddress group) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<Void> flush(
      GroupAddress group, List<Row> rows, Mark mark, long oldestRetained, History history) {
    return CompletableFuture.failedFuture(new AssertionError("nothing is to be flushed here"));
  }
}
