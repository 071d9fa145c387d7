package dev.keyling.kernel;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The entries of one key, encoded, in byte order. Immutable. */
public final class Image {
  /** The image of a key that holds nothing. */
  public static final Image EMPTY = new Image(new TreeMap<>());

  private final SortedMap<EntryKey, EntryValue> entries;

  private Image(SortedMap<EntryKey, EntryValue> entries) {
    this.entries = Collections.unmodifiableSortedMap(entries);
  }

  /** Takes over the entries. */
  public static Image of(SortedMap<EntryKey, EntryValue> entries) {
    return entries.isEmpty() ? EMPTY : new Image(entries);
  }

  /** Returns this image with the changes applied, in order. */
  public Image with(List<Delta> deltas) {
    SortedMap<EntryKey, EntryValue> changed = new TreeMap<>(entries);
    for (Delta delta : deltas) {
      EntryValue value = delta.value();
      if (value == null) {
        changed.remove(delta.entry());
      } else {
        changed.put(delta.entry(), value);
      }
    }
    return of(changed);
  }

  /** Returns the entries, in byte order. */
  public SortedMap<EntryKey, EntryValue> entries() {
    return entries;
  }

  /** Tells whether the key holds nothing: no state and no timer. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
