package dev.keyling.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Checks that a file can be the one in which a reader stopped at an offset. */
final class LineStart {
  private LineStart() {}

  /**
   * Returns where to go on reading: the offset, or behind a line break that now follows a last line
   * which was delivered without one.
   */
  static long check(Path file, FileChannel channel, long offset) throws IOException {
    long size = channel.size();
    if (size < offset) {
      throw shorter(file, size, offset);
    }
    if (offset == 0 || offset == size || byteAt(channel, offset - 1) == '\n') {
      return offset;
    }
    if (byteAt(channel, offset) == '\n') {
      return offset + 1;
    }
    if (byteAt(channel, offset) == '\r'
        && offset + 1 < size
        && byteAt(channel, offset + 1) == '\n') {
      return offset + 2;
    }
    throw new FileSystemException(
        file.toString(),
        null,
        ("was read up to byte %d, which is inside a line: it was changed or is another file; "
                + "put back the file that was read, or start the job anew")
            .formatted(offset));
  }

  static FileSystemException shorter(Path file, long size, long offset) {
    return new FileSystemException(
        file.toString(),
        null,
        ("was read up to byte %d and has only %d bytes now: it was truncated or is another file; "
                + "put back the file that was read, or start the job anew")
            .formatted(offset, size));
  }

  private static int byteAt(FileChannel channel, long offset) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    return channel.read(one, offset) == 1 ? one.get(0) : -1;
  }
}
