package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one of LevelDB's table files: blocks of sorted changes, an index of the blocks, and a
 * footer that says where the index is. Every block is checked before it is decoded. Not
 * thread-safe.
 */
final class TableFile implements AutoCloseable {

  /** A block of changes, up to the key {@code last}, which comes before all of the next block. */
  private record Block(InternalKey last, long offset, int size) {}

  private static final int FOOTER = 48;
  private static final long MAGIC = 0xdb4775248b80fb57L;

  /** Behind every block: how it is compressed, and a checksum over it and that. */
  private static final int TRAILER = 5;

  private final Path path;
  private final FileChannel file;
  private final List<Block> blocks = new ArrayList<>();

  private TableFile(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens a table and checks everything but its blocks of changes.
   *
   * @throws StoreException if it is damaged
   */
  static TableFile open(Path path) throws IOException {
    TableFile table = new TableFile(path, FileChannel.open(path, StandardOpenOption.READ));
    try {
      table.readIndex();
      return table;
    } catch (IOException | StoreException e) {
      table.close();
      throw e;
    } catch (RuntimeException e) {
      table.close();
      throw Damage.in(path, "its index is not understood (" + e.getMessage() + ")");
    }
  }

  /**
   * Checks a table that is not open: its index, its first block and its last one, and that its keys
   * are those the manifest has. That is what LevelDB would believe.
   *
   * @throws StoreException if it is damaged, or another file than it should be
   */
  static void check(Manifest.Table table) throws IOException {
    try (TableFile file = open(table.path())) {
      List<StoredChange> first = file.read(0);
      List<StoredChange> last = file.read(file.blocks() - 1);
      if (!first.get(0).at().equals(table.smallest())
          || !last.get(last.size() - 1).at().equals(table.largest())) {
        throw Damage.in(table.path(), "its keys are not those of the manifest: another file");
      }
    }
  }

  private void readIndex() throws IOException {
    long end = file.size() - FOOTER;
    if (end < 0) {
      throw Damage.in(path, "too short for a table");
    }
    ByteBuffer footer = bytes(end, FOOTER);
    if (footer.getLong(FOOTER - Long.BYTES) != MAGIC) {
      throw Damage.in(path, "no table of LevelDB ends like this");
    }
    long metaOffset = LogBatch.varlong(footer);
    int metaSize = LogBatch.varint(footer);
    long indexOffset = LogBatch.varlong(footer);
    int indexSize = LogBatch.varint(footer);
    boolean fits = indexOffset + indexSize + TRAILER == end;
    if (!fits || metaOffset + metaSize + TRAILER != indexOffset) {
      throw Damage.in(path, "its footer does not fit its length");
    }
    if (!TableBlock.entries(block(metaOffset, metaSize)).isEmpty()) {
      throw Damage.in(path, "it has a filter, which this program does not use");
    }
    long next = 0;
    for (TableBlock.Entry entry : TableBlock.entries(block(indexOffset, indexSize))) {
      Block block =
          new Block(
              InternalKey.of(entry.key()),
              LogBatch.varlong(entry.value()),
              LogBatch.varint(entry.value()));
      if (block.offset() != next) {
        throw Damage.in(path, "its index leaves out byte " + next);
      }
      next = block.offset() + block.size() + TRAILER;
      blocks.add(block);
    }
    if (blocks.isEmpty() || next != metaOffset) {
      throw Damage.in(path, "its index ends at byte " + next);
    }
  }

  /** Returns the number of blocks, at least one. */
  int blocks() {
    return blocks.size();
  }

  /** Returns the first block that may hold this key or a later one, {@link #blocks} if none. */
  int blockOf(byte[] key) {
    InternalKey wanted = InternalKey.before(key);
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).last().compareTo(wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Reads a block.
   *
   * @throws StoreException if it is damaged
   */
  List<StoredChange> read(int number) throws IOException {
    Block block = blocks.get(number);
    try {
      List<StoredChange> changes = new ArrayList<>();
      InternalKey before = number == 0 ? null : blocks.get(number - 1).last();
      for (TableBlock.Entry entry : TableBlock.entries(block(block.offset(), block.size()))) {
        InternalKey key = InternalKey.of(entry.key());
        if (before != null && before.compareTo(key) >= 0) {
          throw Damage.in(path, "the keys at byte " + block.offset() + " are not in order");
        }
        byte[] value = new byte[entry.value().remaining()];
        entry.value().get(value);
        changes.add(new StoredChange(key, key.isPut() ? value : null, path, block.offset()));
        before = key;
      }
      if (before == null || before.compareTo(block.last()) > 0) {
        throw Damage.in(path, "the block at byte " + block.offset() + " is not that of the index");
      }
      return changes;
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Damage.in(
          path, "the block at byte " + block.offset() + " is not understood: " + e.getMessage());
    }
  }

  private ByteBuffer block(long offset, int size) throws IOException {
    ByteBuffer bytes = bytes(offset, Math.addExact(size, TRAILER));
    byte compression = bytes.get(size);
    if (bytes.getInt(size + 1) != FileChecksum.of(bytes, 0, size + 1)) {
      throw Damage.in(path, "the checksum of the block at byte " + offset + " does not fit");
    }
    if (compression != 0) {
      throw Damage.in(path, "the block at byte " + offset + " is compressed");
    }
    return bytes.limit(size);
  }

  private ByteBuffer bytes(long offset, int size) throws IOException {
    if (offset < 0 || size < 0 || offset + size > file.size()) {
      throw Damage.in(path, "a block would lie outside of it, at byte " + offset);
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {
      // a read may return less than it was asked for
    }
    if (bytes.hasRemaining()) {
      throw Damage.in(path, "it ends at byte " + (offset + bytes.position()));
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
