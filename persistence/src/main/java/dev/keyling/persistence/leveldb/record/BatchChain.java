package dev.keyling.persistence.leveldb.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first record of every batch: its number, a checksum chained over this batch and all before,
 * and how far the log was on disk when the batch was made. Only the newest stays in the database;
 * the log still has those of its batches, so that a hole in it shows (see {@code LogCheck}).
 *
 * @param number number of the batch, from 1
 * @param previous the chain of the batch before, 0 for the first one
 * @param chain checksum over {@code previous} and all changes of this batch
 * @param synced number of the newest batch that was certainly on disk before this one
 */
public record BatchChain(long number, int previous, int chain, long synced) {

  /** What comes before the first batch. */
  public static final BatchChain START = new BatchChain(0, 0, 0, 0);

  /** Checksums the changes of one batch, in order. */
  public static final class Sum {
    private final CRC32C crc = new CRC32C();

    /** Starts behind the batch with this chain. */
    public Sum(int previous) {
      crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, previous));
    }

    /** Adds a change; a null value stands for a deletion. */
    public void add(ByteBuffer key, @Nullable ByteBuffer value) {
      crc.update(value == null ? 0 : 1);
      crc.update(key);
      if (value != null) {
        crc.update(value);
      }
    }

    /** Returns the chain so far. */
    public int get() {
      return (int) crc.getValue();
    }
  }

  /** Returns where the newest one is stored. */
  public static byte[] key() {
    return new byte[] {Tag.BATCH};
  }

  /** Returns the record of the next batch. */
  public BatchChain next(Iterable<Changes> batch, long synced) {
    Sum sum = new Sum(chain);
    for (Changes changes : batch) {
      for (Changes.Change change : changes.list()) {
        byte[] value = change.value();
        sum.add(ByteBuffer.wrap(change.key()), value == null ? null : ByteBuffer.wrap(value));
      }
    }
    return new BatchChain(number + 1, chain, sum.get(), synced);
  }

  /** Returns the sealed value to store. */
  public byte[] toValue() {
    ByteBuffer body = ByteBuffer.allocate(24);
    body.putLong(number).putInt(previous).putInt(chain).putLong(synced);
    return Sealed.seal(key(), body.array());
  }

  /** Reads one from the body of a stored value. */
  public static BatchChain of(ByteBuffer body) {
    return new BatchChain(body.getLong(), body.getInt(), body.getInt(), body.getLong());
  }
}
