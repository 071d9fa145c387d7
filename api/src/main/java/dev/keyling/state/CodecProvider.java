package dev.keyling.state;

import java.lang.reflect.Type;

/**
 * Gives codecs for types that the api itself has none for. Found by {@link
 * java.util.ServiceLoader}; {@code keyling-persistence} brings one that uses Jackson.
 */
public interface CodecProvider {

  /**
   * Returns the codec of a declared type. Only what was declared decides what is decoded, never
   * what is stored.
   *
   * @throws IllegalArgumentException if values of the type cannot be stored; says why
   */
  Codec<?> codecFor(Type type);

  /**
   * Describes a stored value from its bytes alone, such as {@code object {user: string}}, for
   * messages. Never fails, and loads no class.
   */
  default String describe(byte[] stored) {
    return "object";
  }
}
