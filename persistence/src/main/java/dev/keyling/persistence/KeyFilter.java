package dev.keyling.persistence;

/**
 * Tells keys that were never stored from those that may have been, without a look at the disk. May
 * be asked by any thread and never blocks.
 */
@FunctionalInterface
public interface KeyFilter {

  /** Knows nothing: every key may have rows. */
  KeyFilter EVERY = key -> true;

  /**
   * Tells whether this key may have rows. Right if it says no; if it says yes, only the rows know.
   *
   * @param key the encoded key
   */
  boolean mayContain(byte[] key);
}
