package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.persistence.savepoint.StoredImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All keys of a key group as a history says, the group's own included, in the order of their bytes.
 * Memory holds the bytes of all keys, what the commits changed, and some images. Blocks.
 */
final class PastKeys {
  private static final int TOGETHER = 200;

  private final RowStore rows;
  private final GroupAddress address;
  private final History history;

  /** By key, what the commits changed: null where an entry was removed. */
  private final TreeMap<byte[], Map<EntryKey, byte @Nullable []>> changes =
      new TreeMap<>(Arrays::compareUnsigned);

  /**
   * @param commits those that may not be in rows, oldest first; all of them count
   */
  PastKeys(RowStore rows, GroupAddress address, History history, List<Commit> commits) {
    this.rows = rows;
    this.address = address;
    this.history = history;
    for (Commit commit : commits) {
      for (byte[] part : commit.parts()) {
        CommitFormat.decode(
            part,
            (key, entry, value) ->
                changes.computeIfAbsent(key, k -> new HashMap<>()).put(entry, value));
      }
    }
  }

  void forEach(Consumer<StoredImage> visitor) {
    rows.keys(address, history, key -> changes.computeIfAbsent(key, k -> Map.of()));
    Iterator<byte[]> keys = changes.keySet().iterator();
    while (keys.hasNext()) {
      List<byte[]> some = new ArrayList<>(TOGETHER);
      while (keys.hasNext() && some.size() < TOGETHER) {
        some.add(keys.next());
      }
      List<List<StoredEntry>> stored = rows.read(address, some, history);
      for (int i = 0; i < some.size(); i++) {
        visitor.accept(new StoredImage(some.get(i), image(some.get(i), stored.get(i))));
      }
    }
  }

  private Image image(byte[] key, List<StoredEntry> stored) {
    SortedMap<EntryKey, EntryValue> image = new TreeMap<>();
    stored.forEach(row -> image.put(EntryKey.of(row.entry()), EntryValue.stored(row.value())));
    changes
        .getOrDefault(key, Map.of())
        .forEach(
            (entry, value) -> {
              if (value == null) {
                image.remove(entry);
              } else {
                image.put(entry, EntryValue.stored(value));
              }
            });
    return Image.of(image);
  }
}
