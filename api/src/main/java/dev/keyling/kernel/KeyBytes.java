package dev.keyling.kernel;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.bytes.Utf8;
import java.util.UUID;

/** The encoded forms of scalar keys, and their hashes without making the bytes. */
final class KeyBytes {
  private static final int ASCII = 0x7F;

  private KeyBytes() {}

  static byte[] tagged(KeyTag tag, byte[] payload) {
    byte[] encoded = new byte[payload.length + 1];
    encoded[0] = tag.code;
    System.arraycopy(payload, 0, encoded, 1, payload.length);
    return encoded;
  }

  static byte[] payload(byte[] encoded) {
    ByteReader reader = new ByteReader(encoded);
    reader.readByte();
    return reader.readRemaining();
  }

  static byte[] ofText(KeyTag tag, String text) {
    return tagged(tag, Utf8.encode(text));
  }

  static byte[] ofNumber(KeyTag tag, long value, int bits) {
    byte[] encoded = new byte[1 + bits / Byte.SIZE];
    encoded[0] = tag.code;
    long rest = flipped(value, bits);
    for (int i = encoded.length - 1; i > 0; i--) {
      encoded[i] = (byte) rest;
      rest >>>= Byte.SIZE;
    }
    return encoded;
  }

  static long toNumber(byte[] encoded, int bits) {
    if (encoded.length != 1 + bits / Byte.SIZE) {
      throw new IllegalArgumentException(
          "a key of " + bits + " bits in " + encoded.length + " bytes");
    }
    long value = 0;
    for (int i = 1; i < encoded.length; i++) {
      value = value << Byte.SIZE | (encoded[i] & 0xFF);
    }
    int unused = Long.SIZE - bits;
    return flipped(value, bits) << unused >> unused;
  }

  static byte[] ofUuid(UUID key) {
    ByteWriter writer = new ByteWriter(1 + 2 * Long.BYTES);
    writer.writeByte(KeyTag.UUID.code);
    writer.writeLong(key.getMostSignificantBits());
    writer.writeLong(key.getLeastSignificantBits());
    return writer.toByteArray();
  }

  static UUID toUuid(byte[] encoded) {
    ByteReader reader = new ByteReader(encoded);
    reader.readByte();
    UUID key = new UUID(reader.readLong(), reader.readLong());
    if (reader.remaining() > 0) {
      throw new IllegalArgumentException("a uuid key in " + encoded.length + " bytes");
    }
    return key;
  }

  /** Returns the hash of {@link #ofText}; makes those bytes only if the text is not ASCII. */
  static int hashOfText(KeyTag tag, String text) {
    int length = text.length();
    int hash = 0;
    int block = tag.code;
    int seen = 0;
    for (int i = 0; i < length; i++) {
      int at = i + 1 & 3;
      if (at == 0) {
        hash = Murmur3.block(hash, block);
        block = 0;
      }
      char next = text.charAt(i);
      seen |= next;
      block |= next << at * Byte.SIZE;
    }
    if (seen > ASCII) {
      return Murmur3.hash(ofText(tag, text));
    }
    if ((length + 1 & 3) == 0) {
      hash = Murmur3.block(hash, block);
      block = 0;
    }
    return Murmur3.end(hash, block, length + 1);
  }

  /** Returns the hash of {@link #ofNumber} with 64 bits. */
  static int hashOfLong(long key) {
    long bytes = Long.reverseBytes(flipped(key, Long.SIZE));
    int hash = Murmur3.block(0, KeyTag.LONG.code | (int) bytes << Byte.SIZE);
    hash = Murmur3.block(hash, (int) (bytes >>> 3 * Byte.SIZE));
    return Murmur3.end(hash, (int) (bytes >>> 7 * Byte.SIZE), 1 + Long.BYTES);
  }

  /** Returns the hash of {@link #ofNumber} with 32 bits. */
  static int hashOfInt(int key) {
    int bytes = Integer.reverseBytes(key ^ Integer.MIN_VALUE);
    int hash = Murmur3.block(0, KeyTag.INT.code | bytes << Byte.SIZE);
    return Murmur3.end(hash, bytes >>> 3 * Byte.SIZE, 1 + Integer.BYTES);
  }

  private static long flipped(long value, int bits) {
    return value ^ 1L << bits - 1;
  }
}
