package dev.keyling.persistence.leveldb.record;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one write does, all or nothing, in order. The arrays belong to the store from then on. Not
 * thread-safe.
 */
public final class Changes {

  /** Sets a key to a sealed value, or deletes it if the value is null. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Change(byte[] key, byte @Nullable [] value) {}

  private final List<Change> list = new ArrayList<>();
  private long bytes;
  private boolean isSalted;

  /** Sets a key; the value must be sealed. */
  public Changes put(byte[] key, byte[] sealedValue) {
    list.add(new Change(key, sealedValue));
    bytes += key.length + sealedValue.length;
    return this;
  }

  /** Mixes the seals of all values with the salt of the store, once, before they are written. */
  public Changes salted(int salt) {
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

  /** Deletes a key. */
  public Changes delete(byte[] key) {
    list.add(new Change(key, null));
    bytes += key.length;
    return this;
  }

  /** Returns the changes in order. */
  public List<Change> list() {
    return list;
  }

  /** Returns how many changes these are. */
  public int size() {
    return list.size();
  }

  /** Returns how many bytes their keys and values have. */
  public long bytes() {
    return bytes;
  }
}
