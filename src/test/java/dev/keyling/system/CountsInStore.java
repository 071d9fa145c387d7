package dev.keyling.system;

import dev.keyling.actors.OfflineKey;
import dev.keyling.kernel.EntryText;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import dev.keyling.sharding.job.OfflineJob;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a store that nobody uses says of the keys of a {@link SavepointMatrixJob}. */
final class CountsInStore {
  private CountsInStore() {}

  /**
   * Returns the count of each key that has one.
   *
   * @throws AssertionError if a key is in a key group that is not its own
   */
  static Map<String, Long> of(Path data, List<String> keys) {
    Map<String, Long> counts = new TreeMap<>();
    KeyCodec<String> codec = KeyCodec.of(Types.STRING, "the test");
    EntryText text = new EntryText(bytes -> bytes);
    try (OfflineStore store = OfflineStore.open(data)) {
      History history =
          OfflineJob.read(store, SavepointMatrixJob.NAME)
              .map(OfflineJob::history)
              .orElse(History.of(List.of()));
      for (String key : keys) {
        byte[] encoded = codec.encode(key);
        for (int group = 0; group < store.keyGroups(); group++) {
          GroupAddress address =
              new GroupAddress(SavepointMatrixJob.NAME, SavepointMatrixJob.STEP, group);
          for (OfflineKey.Entry entry : OfflineKey.read(store, address, encoded, history)) {
            Object value = text.read(entry.key(), entry.value()).get("value");
            if (group != KeyCodec.groupOf(encoded, store.keyGroups())
                || counts.put(key, ((Number) value).longValue()) != null) {
              throw new AssertionError(key + " stands twice, or in another key group: " + address);
            }
          }
        }
      }
    }
    return counts;
  }
}
