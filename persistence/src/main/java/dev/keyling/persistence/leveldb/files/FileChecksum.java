package dev.keyling.persistence.leveldb.files;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksum in LevelDB's files: a CRC32C, masked because it stands beside what it covers. */
final class FileChecksum {

  private static final int MASK = 0xa282ead8;

  private FileChecksum() {}

  /** Returns the masked checksum of a part of a buffer. */
  static int of(ByteBuffer bytes, int position, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().limit(position + length).position(position));
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
