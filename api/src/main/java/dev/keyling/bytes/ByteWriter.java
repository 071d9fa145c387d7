package dev.keyling.bytes;

import java.util.Arrays;

/**
 * Collects bytes; {@link ByteReader} reads them back. The layouts are part of the stored format.
 * For one thread.
 */
public final class ByteWriter {
  private static final int DEFAULT_CAPACITY = 32;

  private byte[] buffer;
  private int size;

  public ByteWriter() {
    this(DEFAULT_CAPACITY);
  }

  /** Makes an empty writer; the capacity is only where its buffer starts. */
  public ByteWriter(int capacity) {
    this.buffer = new byte[capacity];
  }

  /** Writes the low eight bits. */
  public void writeByte(int value) {
    ensure(1);
    buffer[size++] = (byte) value;
  }

  /** Writes eight bytes, big endian. */
  public void writeLong(long value) {
    ensure(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  /** Writes an unsigned int in 1 to 5 bytes: seven bits each, lowest first, top bit for "more". */
  public void writeVarInt(int value) {
    writeVarLong(Integer.toUnsignedLong(value));
  }

  /** Writes an unsigned long in 1 to 10 bytes, as {@link #writeVarInt} does. */
  public void writeVarLong(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
  }

  /** Writes the length as a var int, then the bytes. */
  public void writeBytes(byte[] bytes) {
    writeVarInt(bytes.length);
    writeRaw(bytes);
  }

  /** Writes the bytes and nothing else. */
  public void writeRaw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /** Writes the length in bytes as a var int, then the string as in {@link Utf8}. */
  public void writeString(String value) {
    writeBytes(Utf8.encode(value));
  }

  /** Returns how many bytes were written. */
  public int size() {
    return size;
  }

  /** Returns a copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      buffer =
          Arrays.copyOf(buffer, Math.max(needed, (int) Math.min(buffer.length * 2L, MAX_ARRAY)));
    }
  }

  /** Some JVMs refuse larger arrays. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
}
