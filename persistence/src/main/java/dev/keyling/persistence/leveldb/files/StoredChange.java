package dev.keyling.persistence.leveldb.files;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One put or delete in the files of a database.
 *
 * @param value the sealed value, or null for a delete
 * @param file where it stands
 * @param offset of the block or batch it stands in
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredChange(InternalKey at, byte @Nullable [] value, Path file, long offset) {

  /** Returns the key it changes. */
  public byte[] key() {
    return at.key();
  }
}
