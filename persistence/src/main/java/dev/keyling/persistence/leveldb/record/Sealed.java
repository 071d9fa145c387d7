package dev.keyling.persistence.leveldb.record;

import dev.keyling.persistence.StoreException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The seal on every stored value: its first four bytes are the CRC32C over the key and the rest of
 * the value. A value that was damaged, or that stands under a foreign key, is refused.
 */
public final class Sealed {

  /** Bytes to leave free at the start of a value. */
  public static final int ROOM = Integer.BYTES;

  private Sealed() {}

  /** Returns a new value of this body. */
  public static byte[] seal(byte[] key, byte... body) {
    byte[] value = new byte[ROOM + body.length];
    System.arraycopy(body, 0, value, ROOM, body.length);
    return sealInPlace(key, value);
  }

  /** Seals a value whose first {@link #ROOM} bytes were left free, and returns it. */
  public static byte[] sealInPlace(byte[] key, byte[] value) {
    ByteBuffer.wrap(value).putInt(checksum(key, value));
    return value;
  }

  /**
   * Mixes a sealed value with the salt of its store, so that a record of another store is refused,
   * though it is whole.
   */
  static void salt(byte[] value, int salt) {
    ByteBuffer seal = ByteBuffer.wrap(value);
    seal.putInt(0, seal.getInt(0) ^ salt);
  }

  /** Checks a value that has no salt. */
  public static ByteBuffer open(byte[] key, byte[] value) {
    return open(key, value, 0);
  }

  /**
   * Checks a value and returns its body, not copied.
   *
   * @param salt of the store
   * @throws StoreException if it does not fit its seal
   */
  public static ByteBuffer open(byte[] key, byte[] value, int salt) {
    if (!fits(key, value, salt)) {
      throw new StoreException(
          "damaged record "
              + HexFormat.of().formatHex(key)
              + ": its checksum does not fit; restore the store from a savepoint or a copy");
    }
    return body(value);
  }

  /** Tells whether a value fits its seal. */
  public static boolean fits(byte[] key, byte[] value, int salt) {
    return value.length >= ROOM && (ByteBuffer.wrap(value).getInt() ^ salt) == checksum(key, value);
  }

  /** Returns the body of a value that was checked, not copied. */
  public static ByteBuffer body(byte[] value) {
    return ByteBuffer.wrap(value, ROOM, value.length - ROOM).slice();
  }

  private static int checksum(byte[] key, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(key, 0, key.length);
    crc.update(value, ROOM, value.length - ROOM);
    return (int) crc.getValue();
  }
}
