package dev.keyling.state;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Maps: the number of entries, then key and value of each as in {@link Items}, in the map's order.
 */
final class MapCodec<K, V> extends BinaryCodec<Map<K, V>> {
  private final Codec<K> key;
  private final Codec<V> value;

  MapCodec(String type, Codec<K> key, Codec<V> value) {
    super(type, StoredType.of(StoredType.Form.MAP, key.storedType(), value.storedType()));
    this.key = key;
    this.value = value;
  }

  @Override
  void write(Map<K, V> map, ByteWriter writer) {
    writer.writeVarInt(map.size());
    for (Map.Entry<K, V> entry : map.entrySet()) {
      Items.write(entry.getKey(), key, writer);
      Items.write(entry.getValue(), value, writer);
    }
  }

  @Override
  Map<K, V> read(ByteReader reader) {
    int size = Items.readCount(reader, 2);
    Map<K, V> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(Items.read(key, reader), Items.read(value, reader));
    }
    return map;
  }
}
