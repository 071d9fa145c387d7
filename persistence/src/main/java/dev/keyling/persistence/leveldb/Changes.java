package dev.keyling.persistence.leveldb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one write does, all or nothing, in order. The arrays belong to the store from then on. Not
 * thread-safe.
 */
final class Changes {

  /** Sets a key to a sealed value, or deletes it if the value is null. */
  @SuppressWarnings("ArrayRecordComponent")
  record Change(byte[] key, byte @Nullable [] value) {}

  private final List<Change> list = new ArrayList<>();
  private long bytes;
  private boolean isSalted;

  /** Sets a key; the value must be sealed. */
  Changes put(byte[] key, byte[] sealedValue) {
    list.add(new Change(key, sealedValue));
    bytes += key.length + sealedValue.length;
    return this;
  }

  /** Mixes the seals of all values with the salt of the store, once, before they are written. */
  Changes salted(int salt) {
    if (isSalted) {
      return this;
    }
    isSalted = true;
    for (Change change : list) {
      byte[] value = change.value();
      if (value != null) {
        Sealed.salt(value, salt);
      }
    }
    return this;
  }

  Changes delete(byte[] key) {
    list.add(new Change(key, null));
    bytes += key.length;
    return this;
  }

  List<Change> list() {
    return list;
  }

  int size() {
    return list.size();
  }

  long bytes() {
    return bytes;
  }
}
