package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.state.Codec;
import java.util.List;
import java.util.Objects;

/**
 * The bytes of the elements that a marker has overtaken before a keyed step: their number, then
 * key, value and timestamp of each.
 */
public record OvertakenElements(KeyCodec<Object> keys, Codec<Object> values) {

  byte[] encode(List<Elements> runs) {
    ByteWriter writer = new ByteWriter();
    writer.writeVarInt(runs.stream().mapToInt(Elements::size).sum());
    for (Elements run : runs) {
      for (int i = 0; i < run.size(); i++) {
        writer.writeBytes(keys.encode(Objects.requireNonNull(run.key(i))));
        writer.writeBytes(values.encode(run.value(i)));
        writer.writeLong(run.timestamp(i));
      }
    }
    return writer.toByteArray();
  }

  /** Reads them back, in their order. */
  public Elements decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes);
    int size = reader.readVarInt();
    Elements elements = new Elements(size, true);
    for (int i = 0; i < size; i++) {
      elements.add(
          keys.decode(reader.readBytes()), values.decode(reader.readBytes()), reader.readLong());
    }
    return elements;
  }
}
