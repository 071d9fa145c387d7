package dev.keyling.persistence.leveldb.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One block of a table, whose checksum fits: entries that share the beginning of their key with the
 * entry before, then the offsets of some that share nothing, for LevelDB's binary search.
 */
final class TableBlock {

  /** A key and a value, not copied. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(byte[] key, ByteBuffer value) {}

  private TableBlock() {}

  /**
   * Returns the entries in order.
   *
   * @throws RuntimeException if it is no block
   */
  static List<Entry> entries(ByteBuffer block) {
    ByteBuffer in = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int restarts = in.getInt(in.limit() - Integer.BYTES);
    in.limit(Math.subtractExact(in.limit(), Math.multiplyExact(restarts + 1, Integer.BYTES)));
    List<Entry> entries = new ArrayList<>();
    byte[] before = {};
    while (in.hasRemaining()) {
      int shared = LogBatch.varint(in);
      int own = LogBatch.varint(in);
      int length = LogBatch.varint(in);
      byte[] key = new byte[Math.addExact(shared, own)];
      System.arraycopy(before, 0, key, 0, shared);
      in.get(key, shared, own);
      entries.add(new Entry(key, in.slice(in.position(), length)));
      in.position(in.position() + length);
      before = key;
    }
    return entries;
  }
}
