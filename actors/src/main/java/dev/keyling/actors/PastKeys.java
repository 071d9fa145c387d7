package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.persistence.savepoint.StoredImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a key group as a history says, the group's own included, in the order of their bytes.
 * Memory holds what the commits changed, and some keys with their images. Blocks.
 */
final class PastKeys {
  private static final int PAGE = 200;

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
    byte @Nullable [] after = null;
    boolean isLast = false;
    while (!isLast) {
      List<byte[]> page = rows.keys(address, history, after, PAGE);
      isLast = page.size() < PAGE;
      byte[] upTo = isLast ? null : page.get(page.size() - 1);
      visit(List.copyOf(together(page, after, upTo)), visitor);
      after = upTo;
    }
  }

  /** Returns the keys of a page of rows, and between them those that only commits name. */
  private SortedSet<byte[]> together(
      List<byte[]> page, byte @Nullable [] after, byte @Nullable [] upTo) {
    NavigableMap<byte[], ?> changed = after == null ? changes : changes.tailMap(after, false);
    SortedSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
    keys.addAll((upTo == null ? changed : changed.headMap(upTo, true)).keySet());
    keys.addAll(page);
    return keys;
  }

  private void visit(List<byte[]> keys, Consumer<StoredImage> visitor) {
    List<List<StoredEntry>> stored = rows.read(address, keys, history);
    for (int i = 0; i < keys.size(); i++) {
      visitor.accept(new StoredImage(keys.get(i), image(keys.get(i), stored.get(i))));
    }
  }

  /** Returns the image of one key. */
  Image image(byte[] key) {
    return image(key, rows.read(address, List.of(key), history).get(0));
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
