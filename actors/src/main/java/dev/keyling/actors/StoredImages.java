package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.KeyFilter;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The images that the keys of one key group have in rows. */
final class StoredImages {
  private final StepHost host;
  private final GroupAddress address;
  private boolean any;
  private KeyFilter filter = KeyFilter.EVERY;

  StoredImages(StepHost host, GroupAddress address) {
    this.host = host;
    this.address = address;
  }

  /**
   * Takes over what recovery has found.
   *
   * @param anyRows whether there are rows
   * @param stored which keys may have some, now and later
   */
  void recovered(boolean anyRows, KeyFilter stored) {
    any = anyRows;
    filter = stored;
  }

  /** Rows have been written. */
  void written() {
    any = true;
  }

  /** Tells whether rows of a key have to be looked for. Only for the key group's thread. */
  boolean mayHave(KeyEntry entry) {
    return any && filter.mayContain(entry.bytes(host.definition().keys()));
  }

  /** Reads images, in the order of the keys; blocks. For any thread. */
  List<SortedMap<EntryKey, EntryValue>> read(List<byte[]> keys, History valid) {
    RowStore rows = Objects.requireNonNull(host.rows(), "rows that may have keys");
    List<SortedMap<EntryKey, EntryValue>> images = new ArrayList<>(keys.size());
    for (List<StoredEntry> stored : rows.read(address, keys, valid)) {
      SortedMap<EntryKey, EntryValue> image = new TreeMap<>();
      for (StoredEntry entry : stored) {
        image.put(EntryKey.of(entry.entry()), EntryValue.stored(entry.value()));
      }
      images.add(image);
    }
    return images;
  }
}
