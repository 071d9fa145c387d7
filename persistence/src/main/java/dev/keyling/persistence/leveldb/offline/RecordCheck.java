package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.leveldb.record.KeyReader;
import java.nio.ByteBuffer;

/** Checks the records of one tag, which come in the order of their keys. */
@FunctionalInterface
interface RecordCheck {

  /**
   * Called per record whose seal fits.
   *
   * @param in behind the tag
   * @throws RuntimeException if it is not what the tag says
   */
  void record(byte[] key, KeyReader in, ByteBuffer body);

  /** Called after the last record of the store. */
  default void end() {}
}
