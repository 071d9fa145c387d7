package dev.keyling.persistence.leveldb;

import java.nio.ByteBuffer;
import java.util.Optional;

/** One batch as it stands in LevelDB's log: sequence (8), count (4), then puts and deletes. */
final class LogBatch {

  private static final int HEADER = 12;

  private LogBatch() {}

  /**
   * Returns the chain record of the batch if the batch is one of ours and all its changes fit it,
   * else nothing.
   */
  static Optional<BatchChain> chainOf(ByteBuffer record) {
    try {
      ByteBuffer in = record.duplicate().order(record.order()).position(HEADER);
      int count = record.getInt(8);
      if (count < 1 || in.get() != 1 || !slice(in).equals(ByteBuffer.wrap(BatchChain.KEY))) {
        return Optional.empty();
      }
      byte[] value = new byte[varint(in)];
      in.get(value);
      BatchChain chain = BatchChain.of(Sealed.open(BatchChain.KEY, value));
      BatchChain.Sum sum = new BatchChain.Sum(chain.previous());
      for (int i = 1; i < count; i++) {
        boolean isPut = in.get() == 1;
        ByteBuffer key = slice(in);
        sum.add(key, isPut ? slice(in) : null);
      }
      return sum.get() == chain.chain() ? Optional.of(chain) : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty(); // not in our format
    }
  }

  private static ByteBuffer slice(ByteBuffer in) {
    int length = varint(in);
    ByteBuffer slice = in.slice(in.position(), length);
    in.position(in.position() + length);
    return slice;
  }

  static int varint(ByteBuffer in) {
    return Math.toIntExact(varlong(in));
  }

  /** Reads a number in LevelDB's variable length, seven bits per byte, lowest first. */
  static long varlong(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      number |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return number;
      }
    }
  }
}
