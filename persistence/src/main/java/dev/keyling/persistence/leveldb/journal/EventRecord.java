package dev.keyling.persistence.leveldb.journal;

import dev.keyling.bytes.Utf8;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.StoredObject;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.serialization.Serialization;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way into the journal. Stored value: seal (4), sequence number of the stored
 * event before (8), format (1), timestamp (8), adapter manifest, writer, payload; a string is its
 * length (2) and UTF-8; a payload is a {@link StoredObject}; metadata, if any, stands before it
 * with its length.
 *
 * @param sequenceNr its sequence number
 * @param value the value with room for seal and predecessor, or null if it cannot be serialized: a
 *     rejected event uses up its number and is not stored
 */
@SuppressWarnings("ArrayRecordComponent")
public record EventRecord(long sequenceNr, byte @Nullable [] value) {

  private static final byte PLAIN = 1;
  private static final byte WITH_METADATA = 2;

  /** Seal, predecessor, format, timestamp and the lengths of two strings. */
  private static final int FIXED =
      Sealed.ROOM + Long.BYTES + 1 + Long.BYTES + Short.BYTES + Short.BYTES;

  /** Serializes an event; throws what its serializer throws. */
  public static EventRecord of(PersistentRepr event, Serialization serialization) {
    StoredObject payload = StoredObject.of(event.payload(), serialization);
    StoredObject metadata =
        event.metadata().isDefined()
            ? StoredObject.of(event.metadata().get(), serialization)
            : null;
    byte[] manifest = Utf8.encode(event.manifest());
    byte[] writer = Utf8.encode(event.writerUuid());
    int size = FIXED + manifest.length + writer.length + payload.size();
    ByteBuffer out =
        ByteBuffer.allocate(metadata == null ? size : size + Integer.BYTES + metadata.size());
    out.position(Sealed.ROOM + Long.BYTES);
    out.put(metadata == null ? PLAIN : WITH_METADATA).putLong(event.timestamp());
    StoredObject.bytes(out, manifest);
    StoredObject.bytes(out, writer);
    if (metadata != null) {
      out.putInt(metadata.size());
      metadata.put(out);
    }
    payload.put(out);
    return new EventRecord(event.sequenceNr(), out.array());
  }

  /** Sets the predecessor, seals the value for this key and returns it. */
  byte[] sealed(byte[] key, long previous) {
    byte[] stored = Objects.requireNonNull(value);
    ByteBuffer.wrap(stored).putLong(Sealed.ROOM, previous);
    return Sealed.sealInPlace(key, stored);
  }

  /** Returns the sequence number of the event before, from the body of a stored value. */
  public static long previous(ByteBuffer body) {
    return body.getLong(0);
  }

  /**
   * Returns the bytes of the payload as its serializer made them.
   *
   * @throws RuntimeException if the body is not laid out as an event
   */
  public static byte[] payloadBytes(ByteBuffer body) {
    return StoredObject.read(payload(body)).bytes();
  }

  /** Goes to the serializer's id. */
  private static ByteBuffer payload(ByteBuffer body) {
    ByteBuffer in = body.duplicate().position(Long.BYTES);
    byte format = in.get();
    if (format != PLAIN && format != WITH_METADATA) {
      throw new IllegalArgumentException("unknown format " + format);
    }
    in.getLong();
    StoredObject.bytes(in);
    StoredObject.bytes(in);
    if (format == WITH_METADATA) {
      int length = in.getInt();
      in.position(in.position() + length);
    }
    return in;
  }

  /** Reads an event back. */
  public static PersistentRepr read(
      String persistenceId, long sequenceNr, ByteBuffer body, Serialization serialization) {
    body.position(Long.BYTES);
    byte format = body.get();
    if (format != PLAIN && format != WITH_METADATA) {
      throw new StoreException(
          "event " + sequenceNr + " of " + persistenceId + " has the unknown format " + format);
    }
    long timestamp = body.getLong();
    String manifest = Utf8.decode(StoredObject.bytes(body));
    String writer = Utf8.decode(StoredObject.bytes(body));
    Object metadata = null;
    if (format == WITH_METADATA) {
      int length = body.getInt();
      metadata = StoredObject.read(body.slice(body.position(), length)).toObject(serialization);
      body.position(body.position() + length);
    }
    Object payload = StoredObject.read(body).toObject(serialization);
    PersistentRepr event =
        PersistentRepr.apply(
                payload, sequenceNr, persistenceId, manifest, false, ActorRef.noSender(), writer)
            .withTimestamp(timestamp);
    return metadata == null ? event : event.withMetadata(metadata);
  }
}
