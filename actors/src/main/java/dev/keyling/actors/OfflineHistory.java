package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What commits have changed in a key, as far as a store still tells that nobody uses. Of commits in
 * the journal all is known; of those whose journal is trimmed, the versions of rows that something
 * still needs.
 *
 * @param completeAfter all is known of commits above this id; null: of all that there ever were
 * @param commits those that are known to have changed the key, oldest first
 */
public record OfflineHistory(@Nullable Long completeAfter, List<Commit> commits) {

  /**
   * What one commit has changed.
   *
   * @param inJournal false if only rows tell of it
   * @param changes in the order of their entries
   */
  public record Commit(long id, boolean inJournal, List<Change> changes) {}

  /**
   * One entry that was written, or removed.
   *
   * @param value null if it was removed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Change(EntryKey entry, byte @Nullable [] value) {}

  /**
   * Reads the history of a key.
   *
   * @param history what counts; the rest is left out
   * @throws dev.keyling.persistence.StoreException if what it reads is damaged
   */
  public static OfflineHistory read(
      OfflineStore store, GroupAddress group, byte[] key, History history) {
    List<WholeCommit> journal = OfflineKey.commits(store, group);
    SortedMap<Long, Commit> commits = new TreeMap<>();
    rows(store, group, key, history)
        .forEach((id, changes) -> commits.put(id, commit(id, false, changes)));
    for (WholeCommit commit : journal) {
      CommitFormat.Header header = commit.header();
      SortedMap<EntryKey, Change> changes = changes(commit, key);
      if (!changes.isEmpty() && history.contains(header.attempt(), header.id())) {
        commits.put(header.id(), commit(header.id(), true, changes));
      }
    }
    return new OfflineHistory(completeAfter(store, group, journal), List.copyOf(commits.values()));
  }

  private static Commit commit(long id, boolean inJournal, SortedMap<EntryKey, Change> changes) {
    return new Commit(id, inJournal, List.copyOf(changes.values()));
  }

  private static SortedMap<Long, SortedMap<EntryKey, Change>> rows(
      OfflineStore store, GroupAddress group, byte[] key, History history) {
    SortedMap<Long, SortedMap<EntryKey, Change>> rows = new TreeMap<>();
    for (Row row : store.rows(group, key)) {
      if (history.contains(row.id())) {
        EntryKey entry = EntryKey.of(row.entry());
        rows.computeIfAbsent(row.id(), id -> new TreeMap<>())
            .put(entry, new Change(entry, row.value()));
      }
    }
    return rows;
  }

  private static SortedMap<EntryKey, Change> changes(WholeCommit commit, byte[] key) {
    SortedMap<EntryKey, Change> changes = new TreeMap<>();
    for (byte[] part : commit.parts()) {
      CommitFormat.decode(
          part,
          (changed, entry, value) -> {
            if (Arrays.equals(changed, key)) {
              changes.put(entry, new Change(entry, value));
            }
          });
    }
    return changes;
  }

  /** A journal is trimmed from its beginning on, and only of what is in rows. */
  private static @Nullable Long completeAfter(
      OfflineStore store, GroupAddress group, List<WholeCommit> journal) {
    Optional<Mark> mark = store.mark(group);
    boolean isWhole =
        store.events(group.persistenceId()).stream().anyMatch(e -> e.sequenceNr() == 1);
    if (mark.isEmpty() || isWhole) {
      return null;
    }
    long inRows = mark.get().id();
    return journal.isEmpty() ? inRows : Math.min(inRows, journal.get(0).header().id() - 1);
  }
}
