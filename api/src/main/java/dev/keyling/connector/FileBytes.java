package dev.keyling.connector;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Looks at ranges of files and copies them, a piece at a time. */
final class FileBytes {
  private static final int PIECE = 256 << 10;

  private FileBytes() {}

  /** The CRC32C of a range. */
  static int crc(FileChannel file, long from, long length) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer piece = piece(length);
    for (long done = 0; done < length; done += piece.limit()) {
      read(file, from + done, length - done, piece);
      crc.update(piece.duplicate());
    }
    return (int) crc.getValue();
  }

  /**
   * Tells whether a range can be what a crash of the machine left of an unfinished copy of the
   * first bytes of {@code original}: each byte is the right one, or 0 where it did not reach the
   * disk.
   */
  static boolean isTornCopy(FileChannel file, long from, long length, FileChannel original)
      throws IOException {
    ByteBuffer copied = piece(length);
    ByteBuffer right = piece(length);
    for (long done = 0; done < length; done += copied.limit()) {
      read(file, from + done, length - done, copied);
      read(original, done, length - done, right);
      if (copied.mismatch(right) >= 0 && !isTornCopy(copied, right)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTornCopy(ByteBuffer copied, ByteBuffer right) {
    for (int i = 0; i < copied.limit(); i++) {
      if (copied.get(i) != right.get(i) && copied.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Writes the first bytes of a file into another. */
  static void copy(FileChannel from, long length, FileChannel to, long at) throws IOException {
    ByteBuffer piece = piece(length);
    for (long done = 0; done < length; done += piece.limit()) {
      read(from, done, length - done, piece);
      while (piece.hasRemaining()) {
        to.write(piece, at + done + piece.position());
      }
    }
  }

  private static ByteBuffer piece(long length) {
    return ByteBuffer.allocate((int) Math.min(length, PIECE));
  }

  /** Fills a piece, or as much of it as is asked for. */
  private static void read(FileChannel file, long from, long length, ByteBuffer piece)
      throws IOException {
    piece.clear().limit((int) Math.min(length, piece.capacity()));
    while (piece.hasRemaining()) {
      if (file.read(piece, from + piece.position()) < 0) {
        throw new EOFException("a file became shorter while it was read");
      }
    }
    piece.flip();
  }
}
