package dev.keyling.persistence.leveldb.record;

import dev.keyling.bytes.Utf8;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serialization$;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/**
 * An object in the form that Pekko's serialization gave it: the id of the serializer (4), its
 * manifest with a length (2), and the rest is its bytes.
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredObject(int serializer, byte[] manifest, byte[] bytes) {

  /** Serializes an object; throws what its serializer throws, or that there is none. */
  public static StoredObject of(Object object, Serialization serialization) {
    // so that references to actors in it carry the address of this system
    return Serialization$.MODULE$.withTransportInformation(
        serialization.system(),
        () -> {
          Serializer serializer = serialization.findSerializerFor(object);
          return new StoredObject(
              serializer.identifier(),
              Utf8.encode(Serializers.manifestFor(serializer, object)),
              serializer.toBinary(object));
        });
  }

  /** Returns how many bytes {@link #put} writes. */
  public int size() {
    return Integer.BYTES + Short.BYTES + manifest.length + bytes.length;
  }

  /** Writes the object; nothing may follow it, because {@link #read} takes all that is left. */
  public void put(ByteBuffer out) {
    out.putInt(serializer);
    bytes(out, manifest);
    out.put(bytes);
  }

  /** Reads what {@link #put} wrote; it ends where the buffer ends. */
  public static StoredObject read(ByteBuffer in) {
    int serializer = in.getInt();
    byte[] manifest = bytes(in);
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new StoredObject(serializer, manifest, bytes);
  }

  /** Makes the object again; throws what its serializer throws. */
  public Object toObject(Serialization serialization) {
    return serialization.deserialize(bytes, serializer, Utf8.decode(manifest)).get();
  }

  /** Writes bytes, such as those of a string, with a length of two bytes. */
  public static void bytes(ByteBuffer out, byte[] bytes) {
    if (bytes.length > 0xFFFF) {
      throw new IllegalArgumentException("a manifest or writer of " + bytes.length + " bytes");
    }
    out.putShort((short) bytes.length).put(bytes);
  }

  /** Reads what the other one wrote. */
  public static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xFFFF];
    in.get(bytes);
    return bytes;
  }
}
