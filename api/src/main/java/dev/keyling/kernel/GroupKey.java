package dev.keyling.kernel;

/**
 * The key that is none: under it a key group keeps what belongs to all of its keys, its broadcast
 * state. Stored among the keys, as bytes that no key of a user has.
 */
public enum GroupKey {
  INSTANCE;

  private static final byte CODE = '*';

  /** Returns the stored form. */
  public static byte[] bytes() {
    return new byte[] {CODE};
  }

  /** Tells whether this is the stored form. */
  public static boolean is(byte[] key) {
    return key.length == 1 && key[0] == CODE;
  }

  @Override
  public String toString() {
    return "of no key";
  }
}
