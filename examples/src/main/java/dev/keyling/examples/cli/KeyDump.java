package dev.keyling.examples.cli;

import dev.keyling.actors.OfflineKey;
import dev.keyling.kernel.EntryText;
import dev.keyling.persistence.History;
import dev.keyling.sharding.job.OfflineJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one key of a store holds.
 *
 * @param checkpoint as of which; null if there is none
 * @param completedAt when that was complete
 * @param entries in the order of the store, as they are written as JSON
 */
record KeyDump(
    KeyPlace place,
    @Nullable Long checkpoint,
    @Nullable Instant completedAt,
    List<Map<String, @Nullable Object>> entries) {

  /**
   * Reads a key. Where it is now, there it is read as of earlier.
   *
   * @param asOf id of an earlier checkpoint; null for the newest
   * @throws UsageException if there are no checkpoints
   * @throws dev.keyling.persistence.StoreException if something is damaged, or if that checkpoint
   *     is not retained
   */
  static KeyDump of(SoughtKey sought, @Nullable Long asOf) {
    History asked = sought.history(asOf);
    KeyPlace place =
        sought
            .place(sought.history(null))
            .or(() -> sought.place(asked))
            .orElse(sought.places().get(0));
    Optional<OfflineJob> job = sought.job();
    Long checkpoint = asOf;
    if (checkpoint == null && job.isPresent()) {
      checkpoint = job.get().checkpoint();
    }
    Instant completedAt =
        checkpoint == null || job.isEmpty() ? null : job.get().completedAt(checkpoint).orElse(null);
    return new KeyDump(place, checkpoint, completedAt, entries(sought.read(place, asked)));
  }

  private static List<Map<String, @Nullable Object>> entries(List<OfflineKey.Entry> stored) {
    EntryText text = new EntryText(Json::ofCbor);
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    for (OfflineKey.Entry entry : stored) {
      Map<String, @Nullable Object> words = text.read(entry.key(), entry.value());
      words.put("commit", entry.commit());
      words.put("storedIn", entry.inRows() ? "rows" : "journal");
      entries.add(words);
    }
    return entries;
  }

  /** Returns it as it is written as JSON. */
  Map<String, @Nullable Object> words() {
    Map<String, @Nullable Object> words = place.words();
    if (checkpoint != null) {
      words.put("checkpoint", checkpoint);
    }
    if (completedAt != null) {
      words.put("completedAt", completedAt);
    }
    words.put("entries", entries);
    return words;
  }
}
