package dev.keyling.kernel;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first byte of an encoded key: what kind of key it is. Part of the stored format. */
enum KeyTag {
  /** UTF-8 as in {@link dev.keyling.bytes.Utf8}. */
  STRING('s', String.class, "string"),
  /** Big endian with the sign flipped, so that bytes sort as the numbers do; so are the next. */
  LONG('l', Long.class, "long"),
  INT('i', Integer.class, "int"),
  SHORT('h', Short.class, "java.lang.Short"),
  BYTE('b', Byte.class, "java.lang.Byte"),
  /** Both halves, big endian. */
  UUID('u', UUID.class, "uuid"),
  /** The name of the constant, as in a string. */
  ENUM('e', null, "an enum"),
  /** What the codec of the declared type makes of it. */
  OTHER('o', null, "another declared type");

  private static final KeyTag[] ALL = values();

  final byte code;
  final String type;
  private final @Nullable Class<?> keyClass;

  /**
   * @param keyClass the one class of such keys, if there is but one
   * @param type that class in the words of {@code TypeInformation.describe()}
   */
  KeyTag(char code, @Nullable Class<?> keyClass, String type) {
    this.code = (byte) code;
    this.keyClass = keyClass;
    this.type = type;
  }

  /** Tells whether keys of this tag are of one class, which needs no declaration. */
  boolean isScalar() {
    return keyClass != null;
  }

  /** Returns the tag of a key. */
  static KeyTag of(Object key) {
    Class<?> keyClass = key.getClass();
    for (KeyTag tag : ALL) {
      if (tag.keyClass == keyClass) {
        return tag;
      }
    }
    return key instanceof Enum<?> ? ENUM : OTHER;
  }

  /** Returns the tag of the keys of a declared type; null if only the keys tell. */
  static @Nullable KeyTag ofType(String description) {
    for (KeyTag tag : ALL) {
      if (tag.keyClass != null && tag.type.equals(description)) {
        return tag;
      }
    }
    return null;
  }

  static KeyTag ofBytes(byte[] encoded) {
    for (KeyTag tag : ALL) {
      if (encoded.length > 0 && tag.code == encoded[0]) {
        return tag;
      }
    }
    throw new IllegalArgumentException("no key is encoded as " + Arrays.toString(encoded));
  }
}
