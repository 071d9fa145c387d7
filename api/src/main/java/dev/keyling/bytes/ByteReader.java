package dev.keyling.bytes;

import java.util.Arrays;

/**
 * Reads what a {@link ByteWriter} wrote. Every read throws {@link IllegalArgumentException} if the
 * bytes end too early or are not what such a write leaves. For one thread.
 */
public final class ByteReader {
  private static final int MAX_VAR_LONG_SHIFT = 63;

  private final byte[] bytes;
  private int position;

  /** Reads from the first byte on. The bytes are not copied. */
  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Goes on reading at this offset. */
  public ByteReader at(int offset) {
    position = offset;
    return this;
  }

  /** Returns the offset of what is read next. */
  public int position() {
    return position;
  }

  /** Reads a length and steps over that many bytes. */
  public void skipBytes() {
    skip(readLength());
  }

  /** Steps over so many bytes. */
  public void skip(int length) {
    require(length, "bytes");
    position += length;
  }

  /** Reads one byte. */
  public byte readByte() {
    require(1, "byte");
    return bytes[position++];
  }

  /** Reads eight bytes, big endian. */
  public long readLong() {
    require(Long.BYTES, "long");
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << Byte.SIZE | (bytes[position++] & 0xFF);
    }
    return value;
  }

  /** Reads an unsigned int; only its shortest form is accepted. */
  public int readVarInt() {
    if (position < bytes.length && bytes[position] >= 0) {
      return bytes[position++]; // most are that small; recovery reads millions, mostly not compiled
    }
    long value = readVarLong();
    if (value >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException("malformed var int: more than 32 bits");
    }
    return (int) value;
  }

  /** Reads an unsigned long; only its shortest form is accepted. */
  public long readVarLong() {
    long value = 0;
    for (int shift = 0; shift <= MAX_VAR_LONG_SHIFT; shift += 7) {
      require(1, "var long");
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        if (next == 0 && shift > 0) {
          throw new IllegalArgumentException("malformed var long: not its shortest form");
        }
        if (shift == MAX_VAR_LONG_SHIFT && next > 1) {
          throw new IllegalArgumentException("malformed var long: more than 64 bits");
        }
        return value;
      }
    }
    throw new IllegalArgumentException("malformed var long: more than 64 bits");
  }

  /** Reads a length and that many bytes. */
  public byte[] readBytes() {
    return readRaw(readLength());
  }

  /** Reads so many bytes. */
  public byte[] readRaw(int length) {
    require(length, "bytes");
    byte[] read = Arrays.copyOfRange(bytes, position, position + length);
    position += length;
    return read;
  }

  /** Reads a length and a string of that many bytes. */
  public String readString() {
    int length = readLength();
    require(length, "string");
    String read = Utf8.decode(bytes, position, length);
    position += length;
    return read;
  }

  /** Reads all that is left. */
  public byte[] readRemaining() {
    return readRaw(remaining());
  }

  /** Returns how many bytes are left. */
  public int remaining() {
    return bytes.length - position;
  }

  private int readLength() {
    int length = readVarInt();
    if (length < 0) {
      throw new IllegalArgumentException(
          "truncated bytes: needs " + Integer.toUnsignedString(length) + ", has " + remaining());
    }
    return length;
  }

  private void require(int length, String what) {
    if (length > remaining()) {
      throw new IllegalArgumentException(
          "truncated " + what + ": needs " + length + " bytes, has " + remaining());
    }
  }
}
