package dev.keyling.persistence.savepoint;

import dev.keyling.bytes.ByteWriter;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one key group holds into a file of its own, key by key, with a block in memory. No
 * file is made of a group that holds nothing. For one thread; blocks on the disk. What goes wrong
 * is a {@link StoreException}.
 */
public final class GroupFileWriter implements AutoCloseable {
  private final Path file;
  private final GroupHeader header;
  private final CRC32C crc = new CRC32C();
  private final TreeSet<SavedState> states = new TreeSet<>();
  private @Nullable FileChannel channel;
  private byte[] last = {};
  private ByteWriter block = new ByteWriter();
  private long size;
  private long keys;
  private long entries;

  /**
   * Begins a file.
   *
   * @param directory of a savepoint that is not finished
   * @param step the number of the step, from 0
   */
  public GroupFileWriter(Path directory, int step, GroupHeader header) {
    this.file = directory.resolve(GroupFile.nameOf(step, header.group()));
    this.header = header;
  }

  /**
   * Adds a key; nothing of one that holds nothing.
   *
   * @throws IllegalArgumentException if it does not come after the key before, in byte order
   */
  public void add(StoredImage image) {
    if (image.image().isEmpty()) {
      return;
    }
    if (keys > 0 && Arrays.compareUnsigned(last, image.key()) >= 0) {
      throw new IllegalArgumentException("keys of a savepoint are added in their order");
    }
    last = image.key();
    keys++;
    ByteWriter part = new ByteWriter();
    int count = 0;
    for (Map.Entry<EntryKey, EntryValue> entry : image.image().entries().entrySet()) {
      if (block.size() + part.size() >= Block.FULL && count > 0) {
        put(image.key(), count, part);
        part = new ByteWriter();
        count = 0;
      }
      part.writeBytes(entry.getKey().bytes());
      part.writeBytes(entry.getValue().bytes());
      count++;
      if (entry.getKey().isState()) {
        states.add(new SavedState(entry.getKey().stateName(), entry.getKey().stateKind()));
      }
    }
    put(image.key(), count, part);
  }

  /** Puts a key, or some of its entries, into the block. */
  private void put(byte[] key, int count, ByteWriter part) {
    entries += count;
    block.writeBytes(key);
    block.writeVarInt(count);
    block.writeRaw(part.toByteArray());
    if (block.size() >= Block.FULL) {
      endBlock();
    }
  }

  private void endBlock() {
    if (block.size() > 0) {
      write(Block.of(Block.KEYS, block.toByteArray()));
      block = new ByteWriter(Block.FULL);
    }
  }

  private void write(Block next) {
    try {
      FileChannel open = channel;
      if (open == null) {
        open = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel = open;
        write(Block.of(Block.HEADER, header.encode()));
      }
      ByteBuffer bytes = ByteBuffer.wrap(next.bytes());
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
    crc.update(next.bytes());
    size += next.bytes().length;
  }

  /**
   * Ends the file and synchronizes it to the disk.
   *
   * @return what the manifest has to say of it; empty if the group holds nothing
   */
  public Optional<GroupFile> finish() {
    if (keys == 0) {
      return Optional.empty();
    }
    endBlock();
    write(Block.of(Block.TRAILER, Block.trailer(keys, entries)));
    FileChannel open = channel;
    if (open != null) {
      try {
        open.force(true);
      } catch (IOException e) {
        throw failed(e);
      }
    }
    close();
    return Optional.of(
        new GroupFile(
            header.group(),
            file.getFileName().toString(),
            size,
            (int) crc.getValue(),
            keys,
            entries,
            states));
  }

  private StoreException failed(IOException e) {
    return new StoreException(
        "dataflow \"%s\" step \"%s\": key group %d could not be written to %s: %s; see to the disk and take the savepoint again"
            .formatted(header.dataflow(), header.step(), header.group(), file, e),
        e);
  }

  /** Lets the file go; of no use without {@link #finish}. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
