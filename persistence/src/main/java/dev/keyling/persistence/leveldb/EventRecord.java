package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way into the journal. Stored value: seal (4), sequence number of the stored
 * event before (8), format (1), timestamp (8), adapter manifest, writer, payload; a string is its
 * length (2) and UTF-8; a payload is the serializer's id (4), manifest, and the rest; metadata, if
 * any, stands before it with its length.
 *
 * @param sequenceNr its sequence number
 * @param value the value with room for seal and predecessor, or null if it cannot be serialized: a
 *     rejected event uses up its number and is not stored
 */
@SuppressWarnings("ArrayRecordComponent")
record EventRecord(long sequenceNr, byte @Nullable [] value) {

  private static final byte PLAIN = 1;
  private static final byte WITH_METADATA = 2;

  /** Seal, predecessor, format, timestamp and the lengths of two strings. */
  private static final int FIXED =
      Sealed.ROOM + Long.BYTES + 1 + Long.BYTES + Short.BYTES + Short.BYTES;

  /** Serializes an event; throws what its serializer throws. */
  static EventRecord of(PersistentRepr event, Serialization serialization) {
    Stored payload = Stored.of(event.payload(), serialization);
    Stored metadata =
        event.metadata().isDefined() ? Stored.of(event.metadata().get(), serialization) : null;
    byte[] manifest = event.manifest().getBytes(StandardCharsets.UTF_8);
    byte[] writer = event.writerUuid().getBytes(StandardCharsets.UTF_8);
    int size = FIXED + manifest.length + writer.length + payload.size();
    ByteBuffer out =
        ByteBuffer.allocate(metadata == null ? size : size + Integer.BYTES + metadata.size());
    out.position(Sealed.ROOM + Long.BYTES);
    out.put(metadata == null ? PLAIN : WITH_METADATA).putLong(event.timestamp());
    string(out, manifest);
    string(out, writer);
    if (metadata != null) {
      out.putInt(metadata.size());
      metadata.put(out);
    }
    payload.put(out);
    return new EventRecord(event.sequenceNr(), out.array());
  }

  /** An object in its serialized form. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Stored(int serializer, byte[] manifest, byte[] bytes) {

    static Stored of(Object object, Serialization serialization) {
      Serializer serializer = serialization.findSerializerFor(object);
      String manifest = Serializers.manifestFor(serializer, object);
      return new Stored(
          serializer.identifier(),
          manifest.getBytes(StandardCharsets.UTF_8),
          serializer.toBinary(object));
    }

    int size() {
      return Integer.BYTES + Short.BYTES + manifest.length + bytes.length;
    }

    void put(ByteBuffer out) {
      out.putInt(serializer);
      string(out, manifest);
      out.put(bytes);
    }
  }

  private static void string(ByteBuffer out, byte[] utf8) {
    if (utf8.length > 0xFFFF) {
      throw new IllegalArgumentException("a manifest or writer of " + utf8.length + " bytes");
    }
    out.putShort((short) utf8.length).put(utf8);
  }

  /** Sets the predecessor, seals the value for this key and returns it. */
  byte[] sealed(byte[] key, long previous) {
    byte[] stored = Objects.requireNonNull(value);
    ByteBuffer.wrap(stored).putLong(Sealed.ROOM, previous);
    return Sealed.sealInPlace(key, stored);
  }

  /** Returns the sequence number of the event before, from the body of a stored value. */
  static long previous(ByteBuffer body) {
    return body.getLong(0);
  }

  /**
   * Checks the layout of an event, without its serializers.
   *
   * @throws RuntimeException if it is none
   */
  static void check(ByteBuffer body) {
    ByteBuffer in = payload(body);
    in.getInt();
    string(in);
  }

  /** Returns the bytes of the payload as its serializer made them. */
  static byte[] payloadBytes(ByteBuffer body) {
    ByteBuffer in = payload(body);
    in.getInt();
    string(in);
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  /** Goes to the serializer's id. */
  private static ByteBuffer payload(ByteBuffer body) {
    ByteBuffer in = body.duplicate().position(Long.BYTES);
    byte format = in.get();
    if (format != PLAIN && format != WITH_METADATA) {
      throw new IllegalArgumentException("unknown format " + format);
    }
    in.getLong();
    string(in);
    string(in);
    if (format == WITH_METADATA) {
      int length = in.getInt();
      in.position(in.position() + length);
    }
    return in;
  }

  /** Reads an event back. */
  static PersistentRepr read(
      String persistenceId, long sequenceNr, ByteBuffer body, Serialization serialization) {
    body.position(Long.BYTES);
    byte format = body.get();
    if (format != PLAIN && format != WITH_METADATA) {
      throw new StoreException(
          "event " + sequenceNr + " of " + persistenceId + " has the unknown format " + format);
    }
    long timestamp = body.getLong();
    String manifest = string(body);
    String writer = string(body);
    Object metadata = null;
    if (format == WITH_METADATA) {
      int length = body.getInt();
      metadata = object(body.slice(body.position(), length), serialization);
      body.position(body.position() + length);
    }
    Object payload = object(body, serialization);
    PersistentRepr event =
        PersistentRepr.apply(
                payload, sequenceNr, persistenceId, manifest, false, ActorRef.noSender(), writer)
            .withTimestamp(timestamp);
    return metadata == null ? event : event.withMetadata(metadata);
  }

  private static Object object(ByteBuffer in, Serialization serialization) {
    int serializer = in.getInt();
    String manifest = string(in);
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return serialization.deserialize(bytes, serializer, manifest).get();
  }

  private static String string(ByteBuffer in) {
    byte[] utf8 = new byte[in.getShort() & 0xFFFF];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
