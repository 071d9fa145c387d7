package dev.keyling.persistence.leveldb.record;

import dev.keyling.bytes.Utf8;
import java.util.Arrays;

/** Builds one stored key. Byte order of the result is the order of its parts. Not thread-safe. */
public final class KeyWriter {

  private byte[] bytes;
  private int length;

  /** Starts an empty key. */
  public KeyWriter() {
    bytes = new byte[64];
  }

  /** Starts with these bytes. */
  public KeyWriter(byte[] prefix) {
    bytes = Arrays.copyOf(prefix, prefix.length + 64);
    length = prefix.length;
  }

  /** Appends one byte. */
  public KeyWriter put(byte b) {
    room(1);
    bytes[length++] = b;
    return this;
  }

  /** Appends the bytes as they are. */
  public KeyWriter raw(byte[] part) {
    room(part.length);
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
    return this;
  }

  /** Appends the bytes so that no other byte string is a prefix of what is written. */
  public KeyWriter terminated(byte[] part) {
    room(2 * part.length + 2);
    for (byte b : part) {
      bytes[length++] = b;
      if (b == 0) {
        bytes[length++] = (byte) 0xFF;
      }
    }
    bytes[length++] = 0;
    bytes[length++] = 1;
    return this;
  }

  /** Appends a text in UTF-8, as the other one appends bytes. */
  public KeyWriter terminated(String part) {
    return terminated(Utf8.encode(part));
  }

  /** Appends four bytes: unsigned order. */
  public KeyWriter putInt(int number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      put((byte) (number >>> shift));
    }
    return this;
  }

  /** Appends eight bytes as they are: unsigned order. */
  public KeyWriter putLong(long number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      put((byte) (number >>> shift));
    }
    return this;
  }

  /** Appends a signed number so that smaller ones come first. */
  public KeyWriter ascending(long number) {
    return putLong(number ^ Long.MIN_VALUE);
  }

  /** Appends a signed number so that greater ones come first. */
  public KeyWriter descending(long number) {
    return putLong(~(number ^ Long.MIN_VALUE));
  }

  /** Returns the key so far, copied. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
