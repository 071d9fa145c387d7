package dev.keyling.state;

/**
 * Turns values of one declared type into bytes and back. Thread-safe. The bytes are part of the
 * stored format: what was encoded once must decode for ever.
 */
public interface Codec<T> {

  /** Encodes a non-null value. Equal values give equal bytes. */
  byte[] encode(T value);

  /**
   * Decodes a fresh value that shares nothing with the bytes.
   *
   * @throws IllegalArgumentException if the bytes are not of this type
   */
  T decode(byte[] bytes);

  /**
   * Returns what the encoded values are; stored beside them, so it must not change. {@link
   * StoredType#UNKNOWN}, the default, means that nobody can tell before it has been tried.
   */
  default StoredType storedType() {
    return StoredType.UNKNOWN;
  }
}
