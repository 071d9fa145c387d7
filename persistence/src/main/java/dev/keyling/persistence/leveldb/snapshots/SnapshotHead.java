package dev.keyling.persistence.leveldb.snapshots;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.StoredObject;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a snapshot beside its data, so that snapshots can be selected without reading
 * them. Stored body: format (1), timestamp (8), pieces (4), bytes (4), checksum (4), serializer
 * (4), manifest with a length (2), and the rest is metadata, if any.
 *
 * @param timestamp when it was saved, ms since 1970
 * @param pieces number of pieces its data is cut into
 * @param length bytes of its data
 * @param checksum CRC32C of its data: pieces of two snapshots do not mix
 * @param serializer id of the serializer that made the data
 * @param manifest what that serializer wants to know
 * @param metadata what the application added
 */
@SuppressWarnings("ArrayRecordComponent")
public record SnapshotHead(
    long timestamp,
    int pieces,
    int length,
    int checksum,
    int serializer,
    byte[] manifest,
    @Nullable StoredObject metadata) {

  private static final byte PLAIN = 1;
  private static final byte WITH_METADATA = 2;

  /** Format, timestamp, four numbers and the length of the manifest. */
  private static final int FIXED = 1 + Long.BYTES + 4 * Integer.BYTES + Short.BYTES;

  /** Returns the sealed value of the head of this data. */
  static byte[] toValue(byte[] key, Snapshot snapshot) {
    StoredObject data = snapshot.data();
    StoredObject metadata = snapshot.metadata();
    int size = Sealed.ROOM + FIXED + data.manifest().length;
    ByteBuffer out = ByteBuffer.allocate(metadata == null ? size : size + metadata.size());
    out.position(Sealed.ROOM);
    out.put(metadata == null ? PLAIN : WITH_METADATA).putLong(snapshot.timestamp());
    out.putInt(snapshot.pieces()).putInt(data.bytes().length).putInt(checksum(data.bytes()));
    out.putInt(data.serializer());
    StoredObject.bytes(out, data.manifest());
    if (metadata != null) {
      metadata.put(out);
    }
    return Sealed.sealInPlace(key, out.array());
  }

  /** Reads a head from the body of a stored value. */
  public static SnapshotHead of(ByteBuffer body) {
    byte format = body.get();
    if (format != PLAIN && format != WITH_METADATA) {
      throw new StoreException(
          "a snapshot has the unknown format " + format + ": it was stored by a newer version");
    }
    return new SnapshotHead(
        body.getLong(),
        body.getInt(),
        body.getInt(),
        body.getInt(),
        body.getInt(),
        StoredObject.bytes(body),
        format == WITH_METADATA ? StoredObject.read(body) : null);
  }

  static int checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, data.length);
    return (int) crc.getValue();
  }
}
