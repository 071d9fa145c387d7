package dev.keyling.state;

/**
 * A declared type: how its values are stored, and whether they can be shared. Made by {@link
 * Types}. Immutable and thread-safe.
 */
public interface TypeInformation<T> {

  /** Returns the type in words, such as {@code long} or {@code list<com.acme.Payment>}. */
  String describe();

  /**
   * Tells whether a value of this type can never change. Such values pass by reference; others are
   * copied (through their encoding) whenever they are handed out or stored.
   */
  boolean isImmutable();

  /** Returns what turns values into bytes and back. */
  Codec<T> codec();
}
