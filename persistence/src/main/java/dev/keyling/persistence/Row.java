package dev.keyling.persistence;

import org.jspecify.annotations.Nullable;

/**
 * One version of one entry of one key, to be stored. The arrays are not copied: whoever hands a row
 * over does not change them any more.
 *
 * <p>An entry is opaque to the store, except that a first byte {@link #STATE} means state and a
 * first byte {@link #TIMER} means a timer, followed by one domain byte and the eight big-endian
 * bytes of {@code time ^ Long.MIN_VALUE}, and nothing else.
 *
 * @param key the encoded key, any bytes
 * @param entry the encoded entry (state, namespace, map entry; or timer), any bytes
 * @param id the commit id (checkpoint) of this version
 * @param value the encoded value, or null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent")
public record Row(byte[] key, byte[] entry, long id, byte @Nullable [] value) {

  /** First byte of an entry that is state. */
  public static final byte STATE = 0x01;

  /** First byte of an entry that is a timer. */
  public static final byte TIMER = 0x02;
}
