package dev.keyling.persistence.leveldb.journal;

import dev.keyling.persistence.leveldb.record.Sealed;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What remains of the deleted events of one persistence id. Deleting moves the floor at once; the
 * events below it are purged afterwards, in portions.
 *
 * @param highest highest sequence number when something was last deleted: it survives the events
 * @param deletedTo events up to this one are deleted
 * @param purgedTo events up to this one are gone from the disk too
 */
public record Floor(long highest, long deletedTo, long purgedTo) {

  /** Nothing was ever deleted. */
  public static final Floor NONE = new Floor(0, 0, 0);

  byte[] toValue(byte[] key) {
    ByteBuffer body = ByteBuffer.allocate(3 * Long.BYTES);
    return Sealed.seal(key, body.putLong(highest).putLong(deletedTo).putLong(purgedTo).array());
  }

  /** Reads a floor from the body of a stored value; {@link #NONE} if there is none. */
  public static Floor of(@Nullable ByteBuffer body) {
    return body == null ? NONE : new Floor(body.getLong(), body.getLong(), body.getLong());
  }
}
