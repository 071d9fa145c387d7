package dev.keyling.persistence.leveldb.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A key as LevelDB's files have it: with the number of the change, and whether that was a put. The
 * newest change of a key comes first.
 */
@SuppressWarnings("ArrayRecordComponent")
record InternalKey(byte[] key, long sequence, boolean isPut) implements Comparable<InternalKey> {

  private static final int TAG = Long.BYTES;

  /** Above all numbers of changes, which have 56 bits. */
  private static final long NEWEST = 1L << 56;

  /** Comes before all changes of this key. */
  static InternalKey before(byte[] key) {
    return new InternalKey(key, NEWEST, true);
  }

  /**
   * Takes a stored one apart.
   *
   * @throws IllegalArgumentException if it is none
   */
  static InternalKey of(byte[] bytes) {
    int end = bytes.length - TAG;
    if (end < 0) {
      throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
    }
    long tag = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(end);
    int type = (int) (tag & 0xFF);
    if (type > 1) {
      throw new IllegalArgumentException("a change of kind " + type);
    }
    return new InternalKey(Arrays.copyOf(bytes, end), tag >>> Byte.SIZE, type == 1);
  }

  @Override
  public int compareTo(InternalKey other) {
    int order = Arrays.compareUnsigned(key, other.key);
    return order != 0 ? order : Long.compare(other.sequence, sequence);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InternalKey that && compareTo(that) == 0 && isPut == that.isPut;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key) * 31 + Long.hashCode(sequence);
  }
}
