package dev.keyling.persistence.savepoint;

import dev.keyling.bytes.ByteReader;
import dev.keyling.bytes.ByteWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One block of a file of a savepoint: its length and the checksum of what follows, four bytes each,
 * then a byte that says what it is, and the rest.
 *
 * @param bytes all of it, as it lies in the file
 */
@SuppressWarnings("ArrayRecordComponent")
record Block(byte kind, byte[] bytes) {
  /** Says what the file is; the first block. */
  static final byte HEADER = 'h';

  /** Has keys. */
  static final byte KEYS = 'k';

  /** Counts keys and entries; the last block. */
  static final byte TRAILER = 't';

  /** A block of keys is closed when it is as long as this. */
  static final int FULL = 64 << 10;

  private static final int PREFIX = 2 * Integer.BYTES;

  static Block of(byte kind, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(PREFIX + 1 + content.length);
    bytes.putInt(1 + content.length).putInt(0).put(kind).put(content);
    bytes.putInt(Integer.BYTES, crc(bytes.array(), PREFIX));
    return new Block(kind, bytes.array());
  }

  private static int crc(byte[] bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return (int) crc.getValue();
  }

  /** Returns a reader at the first byte behind the kind. */
  ByteReader content() {
    return new ByteReader(bytes).at(PREFIX + 1);
  }

  /**
   * Reads the block that begins here. The file is open only meanwhile, so whoever reads need not be
   * closed.
   *
   * @throws IllegalArgumentException if there is no whole one
   * @throws IOException if the file cannot be read
   */
  static Block read(Path file, long position) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long left = channel.size() - position;
      if (left < PREFIX + 1) {
        throw new IllegalArgumentException("the file ends within a block");
      }
      int length = read(channel, position, Integer.BYTES).getInt();
      if (length < 1 || length > left - PREFIX) {
        throw new IllegalArgumentException(
            "a block of "
                + Integer.toUnsignedString(length)
                + " bytes, of which "
                + left
                + " are there");
      }
      ByteBuffer bytes = read(channel, position, PREFIX + length);
      if (bytes.getInt(Integer.BYTES) != crc(bytes.array(), PREFIX)) {
        throw new IllegalArgumentException("the checksum of a block is not that of its bytes");
      }
      return new Block(bytes.get(PREFIX), bytes.array());
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("the file became shorter");
      }
    }
    return bytes.flip();
  }

  static byte[] trailer(long keys, long entries) {
    ByteWriter writer = new ByteWriter();
    writer.writeVarLong(keys);
    writer.writeVarLong(entries);
    return writer.toByteArray();
  }
}
