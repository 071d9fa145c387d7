package dev.keyling.kernel;

import dev.keyling.state.TypeInformation;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One entry of a live map state; sorts by its encoded key. */
final class MapItem<UK> implements Comparable<MapItem<UK>> {
  private final Object lookup;
  private final EntryKey entry;
  private final TypeInformation<UK> keyType;
  private @Nullable EntryValue value;

  MapItem(Object lookup, EntryKey entry, TypeInformation<UK> keyType) {
    this.lookup = lookup;
    this.entry = entry;
    this.keyType = keyType;
  }

  /** Returns what a map key is looked up by: itself, or its encoding if it can be changed. */
  static <UK> Object lookup(UK key, TypeInformation<UK> keyType) {
    Objects.requireNonNull(key, "a map state takes no null key");
    return keyType.isImmutable() ? key : ByteBuffer.wrap(keyType.codec().encode(key));
  }

  Object lookup() {
    return lookup;
  }

  /** Returns the key: the same object if it can never change, else a fresh copy. */
  @SuppressWarnings("unchecked") // an immutable key is its own lookup
  UK key() {
    return keyType.isImmutable()
        ? (UK) lookup
        : keyType.codec().decode(((ByteBuffer) lookup).array());
  }

  EntryKey entry() {
    return entry;
  }

  EntryValue value() {
    return Objects.requireNonNull(value);
  }

  void value(EntryValue newValue) {
    value = newValue;
  }

  @Override
  public int compareTo(MapItem<UK> other) {
    return entry.compareTo(other.entry);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return entry.hashCode();
  }
}
