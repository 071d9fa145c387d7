package dev.keyling.persistence.leveldb.record;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Takes one stored key apart; the counterpart of {@link KeyWriter}. */
public final class KeyReader {

  private final byte[] bytes;
  private int position;

  /** Starts at this position of a key. */
  public KeyReader(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Reads one byte. */
  public byte next() {
    return bytes[position++];
  }

  /** Reads a byte string that was written with {@code terminated}. */
  public byte[] terminated() {
    int start = position;
    int zeros = 0;
    while (bytes[position] != 0 || bytes[position + 1] != 1) {
      zeros += bytes[position] == 0 ? 1 : 0;
      position += bytes[position] == 0 ? 2 : 1;
    }
    int end = position;
    position += 2;
    return zeros == 0 ? Arrays.copyOfRange(bytes, start, end) : unescape(start, end, zeros);
  }

  /** Reads four bytes. */
  public int nextInt() {
    int number = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      number = number << 8 | (bytes[position++] & 0xFF);
    }
    return number;
  }

  /** Reads eight bytes as they are: unsigned order. */
  public long nextLong() {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << 8 | (bytes[position++] & 0xFF);
    }
    return number;
  }

  /** Reads a number that was written with {@code ascending}. */
  public long ascending() {
    return nextLong() ^ Long.MIN_VALUE;
  }

  /** Reads a number that was written with {@code descending}. */
  public long descending() {
    return ~nextLong() ^ Long.MIN_VALUE;
  }

  /** Returns where the next part starts. */
  public int position() {
    return position;
  }

  /**
   * Makes sure that the key ends here.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void end() {
    if (position != bytes.length) {
      throw new IllegalArgumentException("a key with " + (bytes.length - position) + " bytes more");
    }
  }

  private byte[] unescape(int start, int end, int zeros) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(end - start - zeros);
    for (int i = start; i < end; i += bytes[i] == 0 ? 2 : 1) {
      plain.write(bytes[i]);
    }
    return plain.toByteArray();
  }

  /** Tells whether the key starts with the prefix. */
  public static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
