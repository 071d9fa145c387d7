package dev.keyling.state;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/** What lists and maps hold: 0 for null, else the length plus one and the encoded value. */
final class Items {
  private Items() {}

  static <T> void write(@Nullable T value, Codec<T> codec, ByteWriter writer) {
    if (value == null) {
      writer.writeVarInt(0);
    } else {
      byte[] bytes = codec.encode(value);
      writer.writeVarInt(bytes.length + 1);
      writer.writeRaw(bytes);
    }
  }

  @SuppressWarnings("NullAway") // a list that was given nulls gives them back
  static <T> T read(Codec<T> codec, ByteReader reader) {
    int length = readCount(reader, 0);
    return length == 0 ? null : codec.decode(reader.readRaw(length - 1));
  }

  /** Reads how many items follow, each of at least so many bytes. */
  static int readCount(ByteReader reader, int leastBytes) {
    int count = reader.readVarInt();
    if (count < 0 || (long) count * leastBytes > reader.remaining()) {
      throw new IllegalArgumentException(
          "truncated: "
              + Integer.toUnsignedString(count)
              + " items in "
              + reader.remaining()
              + " bytes");
    }
    return count;
  }
}
