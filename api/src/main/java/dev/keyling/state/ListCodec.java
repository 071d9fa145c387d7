package dev.keyling.state;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** Lists: the number of elements, then each element as in {@link Items}. */
final class ListCodec<T> extends BinaryCodec<List<T>> {
  private final Codec<T> element;

  ListCodec(String type, Codec<T> element) {
    super(type, StoredType.of(StoredType.Form.LIST, element.storedType()));
    this.element = element;
  }

  @Override
  void write(List<T> list, ByteWriter writer) {
    writer.writeVarInt(list.size());
    for (T value : list) {
      Items.write(value, element, writer);
    }
  }

  @Override
  List<T> read(ByteReader reader) {
    int size = Items.readCount(reader, 1);
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(Items.read(element, reader));
    }
    return list;
  }
}
