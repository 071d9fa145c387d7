package dev.keyling.persistence.savepoint;

import dev.keyling.bytes.ByteReader;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one key group holds, key by key, with a block in memory; checks every byte on the way,
 * and behind the last key that nothing was missing. What is wrong is a {@link StoreException}. It
 * has no file open between two calls. For one thread.
 */
final class GroupFileReader implements Iterator<StoredImage> {
  private final Path file;
  private final GroupFile described;
  private final GroupHeader header;
  private final CRC32C crc = new CRC32C();
  private long position;
  private @Nullable ByteReader block;
  private byte[] last = {};

  /** A key that was read too far, with some of its entries. */
  private @Nullable Part ahead;

  private long keys;
  private long entries;
  private boolean ended;

  /** Some entries of a key. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Part(byte[] key, SortedMap<EntryKey, EntryValue> entries) {}

  GroupFileReader(Path directory, GroupFile described, GroupHeader header) {
    this.file = directory.resolve(described.name());
    this.described = described;
    this.header = header;
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && !ended) {
      ahead = checked(this::part);
    }
    return ahead != null;
  }

  @Override
  public StoredImage next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    Part key = ahead;
    ahead = null;
    while (!ended) {
      Part more = checked(this::part);
      if (more == null || !Arrays.equals(more.key(), key.key())) {
        ahead = more;
        break;
      }
      key.entries().putAll(more.entries());
    }
    return new StoredImage(key.key(), Image.of(key.entries()));
  }

  private interface Reading {
    @Nullable Part read() throws IOException;
  }

  private @Nullable Part checked(Reading reading) {
    try {
      return reading.read();
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "savepoint file %s (step \"%s\", key group %d) is damaged before byte %d: %s; take another copy of the savepoint, or another savepoint"
              .formatted(file, header.step(), header.group(), position, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new StoreException(
          "savepoint file %s (step \"%s\", key group %d) cannot be read: %s"
              .formatted(file, header.step(), header.group(), e),
          e);
    }
  }

  /** Reads some entries of a key, or null at the end. */
  private @Nullable Part part() throws IOException {
    ByteReader open = block;
    while (open == null || open.remaining() == 0) {
      Block next = Block.read(file, position);
      crc.update(next.bytes());
      boolean first = position == 0;
      position += next.bytes().length;
      ByteReader content = next.content();
      if (first) {
        header(next, content);
      } else if (next.kind() == Block.KEYS) {
        open = content;
        block = content;
      } else {
        trailer(next, content);
        return null;
      }
    }
    return part(open);
  }

  private void header(Block next, ByteReader content) {
    if (next.kind() != Block.HEADER) {
      throw new IllegalArgumentException("it does not begin as a file of a savepoint does");
    }
    GroupHeader own = GroupHeader.decode(content);
    if (!own.equals(header)) {
      throw new IllegalArgumentException(
          "it belongs elsewhere, to step \"%s\" key group %d of the savepoint \"%s\" of dataflow \"%s\""
              .formatted(own.step(), own.group(), own.creation(), own.dataflow()));
    }
  }

  private Part part(ByteReader from) {
    byte[] key = from.readBytes();
    int order = keys == 0 ? 1 : Arrays.compareUnsigned(key, last);
    if (order < 0) {
      throw new IllegalArgumentException("its keys are not in order");
    }
    keys += order > 0 ? 1 : 0;
    last = key;
    SortedMap<EntryKey, EntryValue> some = new TreeMap<>();
    for (int count = from.readVarInt(); count > 0; count--) {
      some.put(EntryKey.of(from.readBytes()), EntryValue.stored(from.readBytes()));
      entries++;
    }
    return new Part(key, some);
  }

  private void trailer(Block next, ByteReader content) throws IOException {
    if (next.kind() != Block.TRAILER
        || content.readVarLong() != keys
        || content.readVarLong() != entries
        || keys != described.keys()
        || entries != described.entries()) {
      throw new IllegalArgumentException(
          "it ends with other counts than its %d keys and %d entries".formatted(keys, entries));
    }
    if (position != described.size() || crc.getValue() != (described.crc32c() & 0xffffffffL)) {
      throw new IllegalArgumentException("it is not the file that the manifest describes");
    }
    ended = true;
  }
}
