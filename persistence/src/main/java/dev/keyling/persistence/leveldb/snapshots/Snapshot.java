package dev.keyling.persistence.leveldb.snapshots;

import dev.keyling.persistence.leveldb.record.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in its serialized form.
 *
 * @param sequenceNr the newest event that is in it
 * @param timestamp when it was saved, ms since 1970
 * @param data the snapshot
 * @param metadata what the application added
 */
public record Snapshot(
    long sequenceNr, long timestamp, StoredObject data, @Nullable StoredObject metadata) {

  /** LevelDB reads a value as a whole, and more than once: pieces keep what it holds small. */
  static final int PIECE = 1 << 20;

  /** Returns into how many pieces the data is cut. */
  int pieces() {
    return (int) (((long) data.bytes().length + PIECE - 1) / PIECE);
  }
}
