package dev.keyling.persistence.leveldb.rows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A set of keys that forgets which they were: says "no" for certain and "yes" with less than 1 % of
 * error, for 12 bits a key. All bits of one key are in one block of 512, so that asking costs one
 * line of the processor's cache. One thread adds while others ask; who is told of a key after it
 * was added finds it.
 *
 * <p>Hashes and bits are stored: neither may ever be computed in another way.
 */
public final class BlockedBloom {

  private static final int BITS_PER_KEY = 12;
  private static final int BLOCK = 512;
  private static final int WORDS_PER_BLOCK = BLOCK / Long.SIZE;
  private static final int PROBES = 7;
  private static final int PROBE_BITS = 9;
  private static final int MIN_KEYS = 128;

  /** More would make a record that is no record any more: 48 MiB. */
  private static final int MAX_KEYS = 1 << 25;

  private final AtomicLongArray words;
  private final int capacity;

  private BlockedBloom(AtomicLongArray words, int capacity) {
    this.words = words;
    this.capacity = capacity;
  }

  /** Makes an empty set with room for so many keys, within reason. */
  static BlockedBloom withRoomFor(long keys) {
    int capacity = (int) Math.min(MAX_KEYS, Math.max(MIN_KEYS, keys));
    int blocks = (int) (((long) capacity * BITS_PER_KEY + BLOCK - 1) / BLOCK);
    return new BlockedBloom(new AtomicLongArray(blocks * WORDS_PER_BLOCK), capacity);
  }

  /** Reads what {@link #write} wrote: everything that remains of the body. */
  public static BlockedBloom read(ByteBuffer body) {
    int capacity = body.getInt();
    long[] words = new long[body.remaining() / Long.BYTES];
    body.order(ByteOrder.BIG_ENDIAN).asLongBuffer().get(words);
    return new BlockedBloom(new AtomicLongArray(words), capacity);
  }

  void write(ByteBuffer body) {
    body.putInt(capacity);
    for (int i = 0; i < words.length(); i++) {
      body.putLong(words.get(i));
    }
  }

  /** Returns how many bytes are written. */
  int bytes() {
    return Integer.BYTES + words.length() * Long.BYTES;
  }

  /** Returns for how many keys it is as certain as it should be. */
  int capacity() {
    return capacity;
  }

  /** Adds a key; returns whether it was certainly not there. */
  public boolean add(long hash) {
    boolean isNew = false;
    int block = block(hash);
    long probes = mix(hash);
    for (int i = 0; i < PROBES; i++, probes >>>= PROBE_BITS) {
      int at = block + (int) (probes & (BLOCK - 1)) / Long.SIZE;
      long before = words.getOpaque(at);
      long after = before | 1L << probes;
      if (before != after) {
        words.setOpaque(at, after);
        isNew = true;
      }
    }
    return isNew;
  }

  /** Tells whether the key may be there. */
  public boolean mayContain(long hash) {
    int block = block(hash);
    long probes = mix(hash);
    for (int i = 0; i < PROBES; i++, probes >>>= PROBE_BITS) {
      int at = block + (int) (probes & (BLOCK - 1)) / Long.SIZE;
      if ((words.getOpaque(at) & 1L << probes) == 0) {
        return false;
      }
    }
    return true;
  }

  private int block(long hash) {
    long blocks = words.length() / WORDS_PER_BLOCK;
    return (int) ((hash >>> 32) * blocks >>> 32) * WORDS_PER_BLOCK;
  }

  /** Returns the hash of an encoded key: 64 bits that have nothing to do with its key group. */
  public static long hash(byte[] key) {
    ByteBuffer bytes = ByteBuffer.wrap(key);
    long hash = key.length;
    while (bytes.remaining() >= Long.BYTES) {
      hash = mix(hash ^ bytes.getLong());
    }
    long rest = 0;
    while (bytes.hasRemaining()) {
      rest = rest << Byte.SIZE | bytes.get() & 0xFF;
    }
    return mix(mix(hash ^ rest));
  }

  /** The last steps of SplitMix64, after an odd constant so that nothing stays 0. */
  private static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
