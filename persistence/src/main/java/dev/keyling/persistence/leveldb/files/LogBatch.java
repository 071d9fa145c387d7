package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.leveldb.record.BatchChain;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One batch as it stands in LevelDB's log: sequence (8), count (4), then puts and deletes. */
final class LogBatch {

  private static final int HEADER = 12;
  private static final int PUT = 1;

  private LogBatch() {}

  /** Takes the changes of a batch. */
  @FunctionalInterface
  interface Visitor {

    /** Called per change, in order; the value is null for a delete. Nothing is copied. */
    void change(long sequence, ByteBuffer key, @Nullable ByteBuffer value);
  }

  /**
   * Visits the changes of a batch.
   *
   * @throws RuntimeException if it is no batch
   */
  static void visit(ByteBuffer record, Visitor visitor) {
    ByteBuffer in = record.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long sequence = in.getLong();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      int type = in.get();
      if (type != PUT && type != 0) {
        throw new IllegalArgumentException("a change of kind " + type);
      }
      ByteBuffer key = slice(in);
      visitor.change(sequence + i, key, type == PUT ? slice(in) : null);
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(in.remaining() + " bytes too many");
    }
  }

  /**
   * Returns the chain record of the batch if the batch is one of ours and all its changes fit it,
   * else nothing.
   */
  static Optional<BatchChain> chainOf(ByteBuffer record) {
    try {
      ByteBuffer in = record.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
      if (in.get() != PUT || !slice(in).equals(ByteBuffer.wrap(BatchChain.key()))) {
        return Optional.empty();
      }
      byte[] value = new byte[varint(in)];
      in.get(value);
      BatchChain chain = BatchChain.of(Sealed.open(BatchChain.key(), value));
      long first = record.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong();
      BatchChain.Sum sum = new BatchChain.Sum(chain.previous());
      visit(
          record,
          (sequence, key, changed) -> {
            if (sequence != first) {
              sum.add(key, changed);
            }
          });
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
