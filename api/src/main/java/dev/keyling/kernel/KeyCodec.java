package dev.keyling.kernel;

import dev.keyling.bytes.Utf8;
import dev.keyling.state.TypeInformation;
import dev.keyling.state.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns the keys of a step into bytes and back, and places them. Keys are the same when their bytes
 * are, and the bytes are part of the stored format: a tag, then what {@link KeyTag} says. Strings,
 * longs, ints, shorts, bytes, UUIDs and enums are encoded by value, whether declared or not, so a
 * declaration may come later; keys of any other class need one. Thread-safe.
 *
 * <p>What is refused is refused with an {@link IllegalArgumentException} that names the step, the
 * types and what to do.
 */
public final class KeyCodec<K> {
  private final KeyType<K> type;
  private final String where;

  /** How many partitions the keys number; 0 if they are not partitions. */
  private final int partitions;

  private KeyCodec(KeyType<K> type, String where, int partitions) {
    this.type = type;
    this.where = where;
    this.partitions = partitions;
  }

  /**
   * Makes the codec of an operator, whose keys are its partitions: ints from 0, each in the key
   * group of its number.
   */
  @SuppressWarnings("unchecked") // what is no int is refused
  public static KeyCodec<Object> ofPartitions(int partitions, String where) {
    KeyType<?> ints = KeyType.of(Types.INT, where);
    return new KeyCodec<>((KeyType<Object>) ints, where, partitions);
  }

  /**
   * Makes the codec of a step's keys.
   *
   * @param declared their type, null if none was given
   * @param where the step in words, for messages: {@code dataflow "x" step "y"}
   * @throws IllegalArgumentException if equal values of the type may have other bytes: arrays, maps
   */
  public static <K> KeyCodec<K> of(@Nullable TypeInformation<K> declared, String where) {
    return new KeyCodec<>(KeyType.of(declared, where), where, 0);
  }

  /** Encodes a key; refuses null, an undeclared type and what is not of the declared type. */
  public byte[] encode(K key) {
    if (key == GroupKey.INSTANCE) {
      return GroupKey.bytes();
    }
    KeyTag tag = type.tagOf(key);
    return switch (tag) {
      case STRING -> KeyBytes.ofText(tag, (String) key);
      case LONG -> KeyBytes.ofNumber(tag, (Long) key, Long.SIZE);
      case INT -> KeyBytes.ofNumber(tag, (Integer) key, Integer.SIZE);
      case SHORT -> KeyBytes.ofNumber(tag, (Short) key, Short.SIZE);
      case BYTE -> KeyBytes.ofNumber(tag, (Byte) key, Byte.SIZE);
      case UUID -> KeyBytes.ofUuid((UUID) key);
      case ENUM -> KeyBytes.ofText(tag, ((Enum<?>) key).name());
      case OTHER -> KeyBytes.tagged(tag, type.encode(key));
    };
  }

  /**
   * Decodes a stored key. Refuses one of another type than is declared: the type of a step's keys
   * cannot change. Of an undeclared enum it must have encoded a key before, to know which it is.
   */
  @SuppressWarnings("unchecked") // what was encoded was a K, and a declared type is compared
  public K decode(byte[] encoded) {
    if (GroupKey.is(encoded)) {
      return (K) GroupKey.INSTANCE;
    }
    KeyTag tag = type.tagOfStored(encoded);
    return (K)
        (tag.isScalar() ? scalar(tag, encoded) : type.decode(tag, KeyBytes.payload(encoded)));
  }

  private Object scalar(KeyTag tag, byte[] encoded) {
    try {
      return switch (tag) {
        case STRING -> Utf8.decode(KeyBytes.payload(encoded));
        case LONG -> KeyBytes.toNumber(encoded, Long.SIZE);
        case INT -> (int) KeyBytes.toNumber(encoded, Integer.SIZE);
        case SHORT -> (short) KeyBytes.toNumber(encoded, Short.SIZE);
        case BYTE -> (byte) KeyBytes.toNumber(encoded, Byte.SIZE);
        case UUID -> KeyBytes.toUuid(encoded);
        case ENUM, OTHER -> throw new AssertionError(tag);
      };
    } catch (IllegalArgumentException e) {
      throw type.unreadable(tag, e);
    }
  }

  /**
   * Returns the hash of the encoded key: murmur3 x86 32-bit, seed 0. It decides where the memory of
   * a key lies, so it never changes. Refuses what {@link #encode} refuses.
   */
  public int hash(K key) {
    KeyTag tag = type.tagOf(key);
    if (partitions > 0) {
      return partition((Integer) key);
    }
    return switch (tag) {
      case STRING -> KeyBytes.hashOfText(tag, (String) key);
      case LONG -> KeyBytes.hashOfLong((Long) key);
      case INT -> KeyBytes.hashOfInt((Integer) key);
      case ENUM -> KeyBytes.hashOfText(tag, ((Enum<?>) key).name());
      case SHORT, BYTE, UUID, OTHER -> Murmur3.hash(encode(key));
    };
  }

  private int partition(int key) {
    if (key < 0 || key >= partitions) {
      throw new IllegalArgumentException(
          "%s has no partition %d; it has 0 to %d".formatted(where, key, partitions - 1));
    }
    return key;
  }

  /** Returns the key group, from 0, of an encoded key that is no partition of an operator. */
  public static int groupOf(byte[] encoded, int numberOfGroups) {
    return groupOf(Murmur3.hash(encoded), numberOfGroups);
  }

  /** Returns the key group, from 0, of the keys with this hash. */
  public static int groupOf(int hash, int numberOfGroups) {
    return Math.floorMod(hash, numberOfGroups);
  }
}
