package dev.keyling.kernel;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Some consecutive elements of a list, stored as one entry. Immutable. A list is cut in chunks so
 * that an append costs a few elements and not the list. Stored form: a byte of flags (0), the
 * number of elements, each element as an {@link EntryValue} with its length.
 */
final class Chunk extends EntryValue {
  /** A chunk of this size is rewritten by an append, even if it is stored already. */
  private static final int REWRITTEN = 16;

  /** A chunk that this epoch began takes that many elements. */
  static final int FULL = 64;

  private final long index;
  private final long epoch;
  private final EntryKey key;
  private final EntryValue[] items;

  Chunk(long index, long epoch, EntryKey key, EntryValue... items) {
    this.index = index;
    this.epoch = epoch;
    this.key = key;
    this.items = items;
  }

  static Chunk stored(EntryKey key, EntryValue stored) {
    ByteReader reader = new ByteReader(stored.bytes());
    reader.readByte();
    EntryValue[] items = new EntryValue[reader.readVarInt()];
    for (int i = 0; i < items.length; i++) {
      items[i] = EntryValue.stored(reader.readBytes());
    }
    return new Chunk(new ByteReader(key.stateParts().entry()).readLong(), -1, key, items);
  }

  long index() {
    return index;
  }

  EntryKey key() {
    return key;
  }

  EntryValue[] items() {
    return items;
  }

  /** Returns how many elements it still takes. */
  int room(long currentEpoch) {
    return Math.max(0, (epoch == currentEpoch ? FULL : REWRITTEN) - items.length);
  }

  /** Returns this chunk with other elements, at least one. */
  Chunk of(List<EntryValue> other) {
    return new Chunk(index, epoch, key, other.toArray(EntryValue[]::new));
  }

  Chunk with(EntryValue... more) {
    EntryValue[] all = Arrays.copyOf(items, items.length + more.length);
    System.arraycopy(more, 0, all, items.length, more.length);
    return new Chunk(index, epoch, key, all);
  }

  /** Its elements have stamps, it has none. */
  @Override
  long stamp() {
    return NO_STAMP;
  }

  @Override
  EntryValue withStamp(long stamp) {
    throw new IllegalStateException("each element of a list has a stamp of its own");
  }

  @Override
  public byte[] bytes() {
    ByteWriter writer = new ByteWriter();
    writer.writeByte(0);
    writer.writeVarInt(items.length);
    for (EntryValue item : items) {
      writer.writeBytes(item.bytes());
    }
    return writer.toByteArray();
  }
}
