package dev.keyling.persistence.leveldb.snapshots;

import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.KeyWriter;
import dev.keyling.persistence.leveldb.record.Tag;

/** The stored keys of the snapshots of one persistence id; see {@link Tag}. */
final class SnapshotKeys {

  private final byte[] heads;
  private final byte[] data;

  SnapshotKeys(String persistenceId) {
    heads = new KeyWriter().put(Tag.SNAPSHOT).terminated(persistenceId).toBytes();
    data = new KeyWriter().put(Tag.SNAPSHOT_DATA).terminated(persistenceId).toBytes();
  }

  /** Start of all heads. */
  byte[] heads() {
    return heads;
  }

  byte[] head(long sequenceNr) {
    return new KeyWriter(heads).putLong(sequenceNr).toBytes();
  }

  /** A key behind the head with this number and before the next one. */
  byte[] behind(long sequenceNr) {
    return new KeyWriter(heads).putLong(sequenceNr).put((byte) 0).toBytes();
  }

  long sequenceNrOf(byte[] headKey) {
    return new KeyReader(headKey, heads.length).nextLong();
  }

  byte[] data(long sequenceNr, int number) {
    return new KeyWriter(data).putLong(sequenceNr).putInt(number).toBytes();
  }
}
