package dev.keyling.kernel;

import dev.keyling.bytes.Utf8;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stored keys as text and back, for tools that do not have the step they belong to. */
public final class KeyText {
  private KeyText() {}

  /** Returns a key in words, such as {@code "user1"} or {@code 42 (long)}. Never throws. */
  public static String describe(byte[] encoded) {
    try {
      if (GroupKey.is(encoded)) {
        return GroupKey.INSTANCE.toString();
      }
      KeyTag tag = KeyTag.ofBytes(encoded);
      return switch (tag) {
        case STRING -> '"' + Utf8.decode(KeyBytes.payload(encoded)) + '"';
        case LONG -> KeyBytes.toNumber(encoded, Long.SIZE) + " (long)";
        case INT -> KeyBytes.toNumber(encoded, Integer.SIZE) + " (int)";
        case SHORT -> KeyBytes.toNumber(encoded, Short.SIZE) + " (short)";
        case BYTE -> KeyBytes.toNumber(encoded, Byte.SIZE) + " (byte)";
        case UUID -> KeyBytes.toUuid(encoded) + " (uuid)";
        case ENUM -> Utf8.decode(KeyBytes.payload(encoded)) + " (enum)";
        case OTHER -> hex(encoded);
      };
    } catch (RuntimeException e) {
      return hex(encoded);
    }
  }

  /**
   * Returns what a text may be as a key, by its kind, the likeliest first: a string in any case,
   * and a number, UUID or enum constant if it reads like one. The kind {@code hex} is the stored
   * form itself.
   */
  public static Map<String, byte[]> readings(String text) {
    Map<String, byte[]> readings = new LinkedHashMap<>();
    readings.put("string", KeyBytes.ofText(KeyTag.STRING, text));
    numbers(text, readings);
    attempt(readings, "uuid", () -> KeyBytes.ofUuid(UUID.fromString(text)));
    if (text.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*")) {
      readings.put("enum", KeyBytes.ofText(KeyTag.ENUM, text));
    }
    attempt(readings, "hex", () -> HexFormat.of().parseHex(text));
    return readings;
  }

  private static void numbers(String text, Map<String, byte[]> readings) {
    attempt(
        readings, "long", () -> KeyBytes.ofNumber(KeyTag.LONG, Long.parseLong(text), Long.SIZE));
    attempt(
        readings, "int", () -> KeyBytes.ofNumber(KeyTag.INT, Integer.parseInt(text), Integer.SIZE));
    attempt(
        readings,
        "short",
        () -> KeyBytes.ofNumber(KeyTag.SHORT, Short.parseShort(text), Short.SIZE));
    attempt(
        readings, "byte", () -> KeyBytes.ofNumber(KeyTag.BYTE, Byte.parseByte(text), Byte.SIZE));
  }

  private interface Reading {
    byte[] of();
  }

  private static void attempt(Map<String, byte[]> readings, String kind, Reading reading) {
    try {
      readings.put(kind, reading.of());
    } catch (IllegalArgumentException e) {
      // the text is nothing of this kind
    }
  }

  /**
   * Returns the key groups that may hold a key: that of its hash, and for a small int also that of
   * its number, in case it is the partition of an operator.
   */
  public static List<Integer> groups(byte[] encoded, int numberOfGroups) {
    int group = KeyCodec.groupOf(Murmur3.hash(encoded), numberOfGroups);
    if (encoded.length == 1 + Integer.BYTES && encoded[0] == KeyTag.INT.code) {
      long number = KeyBytes.toNumber(encoded, Integer.SIZE);
      if (number >= 0 && number < numberOfGroups && number != group) {
        return List.of(group, (int) number);
      }
    }
    return List.of(group);
  }

  private static String hex(byte[] encoded) {
    return HexFormat.of().formatHex(encoded) + " (hex)";
  }
}
