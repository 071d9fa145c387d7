package dev.keyling.kernel;

import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The type of a step's keys, declared or not: what it accepts, and what to say if it does not. */
final class KeyType<K> {
  private static final Pattern MAP = Pattern.compile("(?<![\\w.$])map<");

  private final @Nullable TypeInformation<K> declared;
  private final @Nullable KeyTag scalar;
  private final String where;

  /** The enum that undeclared keys are of, once there was one. */
  private volatile @Nullable Class<?> enumSeen;

  private KeyType(@Nullable TypeInformation<K> declared, @Nullable KeyTag scalar, String where) {
    this.declared = declared;
    this.scalar = scalar;
    this.where = where;
  }

  static <K> KeyType<K> of(@Nullable TypeInformation<K> declared, String where) {
    if (declared == null) {
      return new KeyType<>(null, null, where);
    }
    String type = declared.describe();
    if (type.equals(Types.BYTES.describe()) || type.endsWith("[]") || MAP.matcher(type).find()) {
      throw new IllegalArgumentException(
          "%s: keys cannot be of type %s, whose equal values may have other bytes; use a record"
              .formatted(where, type));
    }
    return new KeyType<>(declared, KeyTag.ofType(type), where);
  }

  /** Returns the tag of a key, if it is one that this type has. */
  KeyTag tagOf(K key) {
    if (key == null) {
      throw refused(
          "the key of an element is null; keyBy must give every element a key, so filter out before"
              + " it what has none; what a step emits for a broadcast element has no key either, so"
              + " put a keyBy behind that step");
    }
    KeyTag tag = KeyTag.of(key);
    if (declared == null) {
      requireKnown(key, tag);
    } else if (scalar != null ? tag != scalar : !isOther(key, tag, declared)) {
      throw wrongClass(declared, key);
    }
    return tag;
  }

  private static boolean isOther(Object key, KeyTag tag, TypeInformation<?> type) {
    return key instanceof Enum<?> constant
        ? constant.getDeclaringClass().getTypeName().equals(type.describe())
        : tag == KeyTag.OTHER;
  }

  private void requireKnown(K key, KeyTag tag) {
    if (tag == KeyTag.OTHER) {
      throw undeclared(key.getClass());
    }
    if (tag == KeyTag.ENUM) {
      remember(((Enum<?>) key).getDeclaringClass());
    }
  }

  private void remember(Class<?> type) {
    Class<?> seen = enumSeen;
    if (seen == null) {
      seen = rememberFirst(type);
    }
    if (seen != type) {
      throw refused(
          "keys are of two enums, %s and %s, whose constants may have the same names; use only one"
              .formatted(seen.getTypeName(), type.getTypeName()));
    }
  }

  private synchronized Class<?> rememberFirst(Class<?> type) {
    Class<?> seen = enumSeen == null ? type : enumSeen;
    enumSeen = seen;
    return seen;
  }

  /** Returns the tag of an encoded key, if it is one that this type has. */
  KeyTag tagOfStored(byte[] encoded) {
    KeyTag tag = KeyTag.ofBytes(encoded);
    if (declared != null && (scalar != null ? tag != scalar : tag.isScalar())) {
      throw changed(tag, declared);
    }
    return tag;
  }

  /** Encodes a key that is neither a scalar nor an enum. */
  byte[] encode(K key) {
    if (declared == null) {
      throw undeclared(key.getClass());
    }
    try {
      return declared.codec().encode(key);
    } catch (ClassCastException e) {
      throw wrongClass(declared, key);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": cannot store a key: " + e.getMessage(), e);
    }
  }

  /** Decodes the payload of a key that is not a scalar. */
  Object decode(KeyTag tag, byte[] payload) {
    TypeInformation<?> type = declared != null ? declared : undeclaredEnum(tag);
    Object key;
    try {
      key = type.codec().decode(payload);
    } catch (IllegalArgumentException e) {
      throw unreadable(tag, e);
    }
    if (KeyTag.of(key) != tag) {
      throw changed(tag, type);
    }
    return key;
  }

  private TypeInformation<?> undeclaredEnum(KeyTag tag) {
    Class<?> type = enumSeen;
    if (tag != KeyTag.ENUM || type == null) {
      throw refused(
          "a stored key is of "
              + tag.type
              + ", and which one is not known; give the type that it was stored with: keyBy(key,"
              + " Types.of(...))");
    }
    return Types.of(type);
  }

  private IllegalArgumentException undeclared(Class<?> type) {
    return refused(
        "nothing says how to store keys of class %s; give its type: keyBy(key, Types.of(%s.class))"
            .formatted(type.getTypeName(), type.getSimpleName()));
  }

  private IllegalArgumentException wrongClass(TypeInformation<?> type, Object key) {
    return refused(
        "a key is of class %s, but keyBy declares the type %s; make them the same"
            .formatted(key.getClass().getTypeName(), type.describe()));
  }

  private IllegalArgumentException changed(KeyTag stored, TypeInformation<?> type) {
    return refused(
        "a stored key is of type %s, but keyBy declares the type %s; "
                .formatted(stored.type, type.describe())
            + "the key type of a step cannot change: go back to it, or take another step id");
  }

  IllegalArgumentException unreadable(KeyTag stored, IllegalArgumentException cause) {
    String as = declared == null ? "" : " as the declared type " + declared.describe();
    return new IllegalArgumentException(
        "%s: a stored key of type %s cannot be read%s: %s"
            .formatted(where, stored.type, as, cause.getMessage()),
        cause);
  }

  private IllegalArgumentException refused(String what) {
    return new IllegalArgumentException(where + ": " + what);
  }
}
