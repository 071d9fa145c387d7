package dev.keyling.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Strings as UTF-8 that loses nothing: a surrogate without its partner, which UTF-8 cannot express
 * and Java would replace, takes the three bytes that its number would (known as WTF-8). Part of the
 * stored format: one string has one encoding, and decoding accepts no other.
 */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** Encodes any string. */
  public static byte[] encode(String string) {
    byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
    // Java puts '?' for a lone surrogate, so most strings need no second look.
    for (byte next : bytes) {
      if (next == '?') {
        return hasLoneSurrogate(string) ? encodeEach(string) : bytes;
      }
    }
    return bytes;
  }

  /**
   * Decodes all of the bytes.
   *
   * @throws IllegalArgumentException if no string is encoded like this
   */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /**
   * Decodes a slice.
   *
   * @throws IllegalArgumentException if no string is encoded like this
   */
  public static String decode(byte[] bytes, int from, int length) {
    String string = new String(bytes, from, length, StandardCharsets.UTF_8);
    // Java puts this character for what it cannot read, so most strings need no second look.
    return string.indexOf(REPLACEMENT) < 0 ? string : decodeEach(bytes, from, from + length);
  }

  private static boolean hasLoneSurrogate(String string) {
    return string.codePoints().anyMatch(Utf8::isSurrogate);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static byte[] encodeEach(String string) {
    ByteWriter writer = new ByteWriter(string.length() * 3);
    string.codePoints().forEach(codePoint -> encode(codePoint, writer));
    return writer.toByteArray();
  }

  private static void encode(int codePoint, ByteWriter writer) {
    if (isSurrogate(codePoint)) {
      writer.writeByte(0xE0 | codePoint >> 12);
      writer.writeByte(0x80 | (codePoint >> 6 & 0x3F));
      writer.writeByte(0x80 | (codePoint & 0x3F));
    } else {
      writer.writeRaw(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String decodeEach(byte[] bytes, int from, int to) {
    StringBuilder string = new StringBuilder(to - from);
    for (int at = from; at < to; ) {
      int length = lengthOf(bytes[at]);
      int codePoint = length == 0 || at + length > to ? -1 : codePoint(bytes, at, length);
      boolean wrong = codePoint < 0 || pairsUp(string, codePoint);
      if (wrong) {
        throw new IllegalArgumentException("malformed UTF-8 at byte " + (at - from));
      }
      string.appendCodePoint(codePoint);
      at += length;
    }
    return string.toString();
  }

  /** Two halves must have been written as one code point. */
  private static boolean pairsUp(StringBuilder before, int codePoint) {
    return codePoint >= Character.MIN_LOW_SURROGATE
        && codePoint <= Character.MAX_LOW_SURROGATE
        && !before.isEmpty()
        && Character.isHighSurrogate(before.charAt(before.length() - 1));
  }

  private static int lengthOf(byte first) {
    if (first >= 0) {
      return 1;
    }
    int head = first & 0xFF;
    return head < 0xC0 ? 0 : head < 0xE0 ? 2 : head < 0xF0 ? 3 : head < 0xF8 ? 4 : 0;
  }

  /** Returns -1 for what is not the shortest form of a code point. */
  private static int codePoint(byte[] bytes, int at, int length) {
    if (length == 1) {
      return bytes[at];
    }
    int codePoint = bytes[at] & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return -1;
      }
      codePoint = codePoint << 6 | (bytes[at + i] & 0x3F);
    }
    int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
    return codePoint < least || codePoint > Character.MAX_CODE_POINT ? -1 : codePoint;
  }
}
