package dev.keyling.persistence;

/** Receives the keys of a key group. */
@FunctionalInterface
public interface KeyVisitor {

  /**
   * Called once per key that has a live entry, in the thread of the scan. It must not call the
   * store.
   *
   * @param key the encoded key
   */
  void key(byte[] key);
}
