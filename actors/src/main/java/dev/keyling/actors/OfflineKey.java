package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a key holds, as a store says that nobody uses: its rows and the commits behind them. */
public final class OfflineKey {
  private OfflineKey() {}

  /**
   * One entry.
   *
   * @param commit the id under which it was written
   * @param inRows false if it is only in the journal so far
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Entry(EntryKey key, byte[] value, long commit, boolean inRows) {}

  /**
   * Reads the image of a key.
   *
   * @param history what counts, up to a checkpoint that is retained
   * @return its entries in their order, none if the key has nothing
   * @throws StoreException if what it reads is damaged
   */
  public static List<Entry> read(
      OfflineStore store, GroupAddress group, byte[] key, History history) {
    Optional<Mark> mark = store.mark(group);
    SortedMap<EntryKey, Entry> image = new TreeMap<>();
    byte[] decided = {};
    for (Row row : store.rows(group, key)) {
      if (!Arrays.equals(row.entry(), decided) && history.contains(row.id())) {
        decided = row.entry();
        EntryKey entry = EntryKey.of(decided);
        byte[] value = row.value();
        if (value != null) {
          image.put(entry, new Entry(entry, value, row.id(), true));
        }
      }
    }
    for (WholeCommit commit : commits(store, group)) {
      CommitFormat.Header header = commit.header();
      boolean inRows = mark.isPresent() && header.id() <= mark.get().id();
      if (!inRows && history.contains(header.attempt(), header.id())) {
        commit.parts().forEach(part -> apply(part, key, header.id(), image));
      }
    }
    return List.copyOf(image.values());
  }

  /** Returns the whole commits in the journal of a key group, whether they count or not. */
  static List<WholeCommit> commits(OfflineStore store, GroupAddress group) {
    return WholeCommit.of(
        group,
        store.events(group.persistenceId()).stream()
            .map(event -> new EventLog.Event(event.sequenceNr(), event.payload()))
            .toList());
  }

  private static void apply(byte[] part, byte[] key, long id, SortedMap<EntryKey, Entry> image) {
    CommitFormat.decode(
        part,
        (changed, entry, value) -> {
          if (!Arrays.equals(changed, key)) {
            return;
          }
          if (value == null) {
            image.remove(entry);
          } else {
            image.put(entry, new Entry(entry, value, id, false));
          }
        });
  }
}
