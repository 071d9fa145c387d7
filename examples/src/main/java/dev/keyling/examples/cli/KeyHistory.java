package dev.keyling.examples.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keyling.actors.OfflineHistory;
import dev.keyling.kernel.EntryText;
import dev.keyling.persistence.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The life of one key of a store, commit by commit.
 *
 * @param completeAfter all is known of commits above this id; null: of all that there ever were
 * @param commits those that are known to have changed the key, oldest first
 */
record KeyHistory(KeyPlace place, @Nullable Long completeAfter, List<Commit> commits) {

  /**
   * What one commit has changed.
   *
   * @param completedAt when the checkpoint of this id was complete; null if it is not retained
   * @param storedIn {@code journal}, or {@code rows}, which may have lost some of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Commit(
      long commit,
      @Nullable Instant completedAt,
      String storedIn,
      List<Map<String, @Nullable Object>> set,
      List<Map<String, @Nullable Object>> removed) {}

  /**
   * Reads the life of a key.
   *
   * @throws dev.keyling.persistence.StoreException if something is damaged
   */
  static KeyHistory of(SoughtKey sought) {
    History history = sought.history(null);
    KeyPlace place =
        sought
            .place(history)
            .or(() -> sought.place(each -> !read(sought, each, history).commits().isEmpty()))
            .orElse(sought.places().get(0));
    OfflineHistory stored = read(sought, place, history);
    Map<String, byte[]> siblings = siblings(stored);
    return new KeyHistory(
        place,
        stored.completeAfter(),
        stored.commits().stream().map(each -> commit(each, sought, siblings)).toList());
  }

  private static OfflineHistory read(SoughtKey sought, KeyPlace place, History history) {
    return OfflineHistory.read(sought.store(), place.group(), place.key(), history);
  }

  /** By state, a value of it: what was removed has none that would tell its type. */
  private static Map<String, byte[]> siblings(OfflineHistory stored) {
    Map<String, byte[]> siblings = new HashMap<>();
    for (OfflineHistory.Commit commit : stored.commits()) {
      for (OfflineHistory.Change change : commit.changes()) {
        byte[] value = change.value();
        if (value != null && change.entry().isState()) {
          siblings.put(change.entry().stateName(), value);
        }
      }
    }
    return siblings;
  }

  private static Commit commit(
      OfflineHistory.Commit stored, SoughtKey sought, Map<String, byte[]> siblings) {
    EntryText text = new EntryText(Json::ofCbor);
    List<Map<String, @Nullable Object>> set = new ArrayList<>();
    List<Map<String, @Nullable Object>> removed = new ArrayList<>();
    for (OfflineHistory.Change change : stored.changes()) {
      byte[] value = change.value();
      if (value != null) {
        set.add(text.read(change.entry(), value));
      } else {
        byte[] sibling = change.entry().isState() ? siblings.get(change.entry().stateName()) : null;
        removed.add(text.name(change.entry(), sibling));
      }
    }
    return new Commit(
        stored.id(),
        sought.job().flatMap(job -> job.completedAt(stored.id())).orElse(null),
        stored.inJournal() ? "journal" : "rows",
        set,
        removed);
  }

  /** Tells whether nothing is known of the key. */
  boolean isEmpty() {
    return commits.isEmpty();
  }
}
