package dev.keyling.connector;

import dev.keyling.connector.SourceReader.Status;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Cuts a file into lines and counts bytes.
 *
 * <p>{@code buffer[next, filled)} holds what was read and not delivered; what stands before {@code
 * scanned} has no line break. {@code base} is the place of {@code buffer[0]} in the file.
 */
final class LineScanner implements Closeable {
  static final int BUFFER = 256 << 10;
  private static final int LONGEST_LINE = 64 << 20;

  private final Path file;
  private final FileChannel channel;
  private final boolean follow;
  private byte[] buffer;
  private long base;
  private int next;
  private int scanned;
  private int filled;
  private String line = "";

  LineScanner(Path file, FileChannel channel, long offset, boolean follow, int bufferSize) {
    this.file = file;
    this.channel = channel;
    this.base = offset;
    this.follow = follow;
    this.buffer = new byte[bufferSize];
  }

  /** Opens a file at a place where a line begins; refuses any other place. */
  static LineScanner open(Path file, long offset, boolean follow) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long start = LineStart.check(file, channel, offset);
      channel.position(start);
      return new LineScanner(file, channel, start, follow, BUFFER);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  /** Moves to the next line. */
  Status advance() throws IOException {
    while (true) {
      int lineBreak = find();
      if (lineBreak >= 0) {
        int end = lineBreak > next && buffer[lineBreak - 1] == '\r' ? lineBreak - 1 : lineBreak;
        deliver(end, lineBreak + 1);
        return Status.ELEMENT;
      }
      if (!fill()) {
        return atEnd();
      }
    }
  }

  /** The line that was found last. */
  String line() {
    return line;
  }

  /** Where the next line begins in the file. */
  long offset() {
    return base + next;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private int find() {
    byte[] bytes = buffer;
    int end = filled;
    for (int i = scanned; i < end; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    scanned = end;
    return -1;
  }

  private void deliver(int end, int following) throws IOException {
    if (end - next > LONGEST_LINE) {
      throw tooLong();
    }
    line = new String(buffer, next, end - next, StandardCharsets.UTF_8);
    next = following;
    scanned = following;
  }

  private Status atEnd() throws IOException {
    long size = channel.size();
    if (size < base + filled) {
      throw LineStart.shorter(file, size, base + filled);
    }
    if (follow) {
      return Status.IDLE;
    }
    if (next == filled) {
      return Status.END;
    }
    deliver(filled, filled);
    return Status.ELEMENT;
  }

  /** Reads more of the file behind what is there; false at its end. */
  private boolean fill() throws IOException {
    if (next > 0) {
      makeRoomInFront();
    }
    if (filled == buffer.length) {
      grow();
    }
    int read = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
    if (read <= 0) {
      return false;
    }
    filled += read;
    return true;
  }

  private void makeRoomInFront() {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    base += next;
    scanned -= next;
    filled -= next;
    next = 0;
  }

  private void grow() throws IOException {
    if (filled > LONGEST_LINE) {
      throw tooLong();
    }
    buffer = Arrays.copyOf(buffer, Math.min(2 * filled, LONGEST_LINE + 2));
  }

  private FileSystemException tooLong() {
    return new FileSystemException(
        file.toString(),
        null,
        ("the line that begins at byte %d is longer than %d MiB; "
                + "is it a text file with line breaks?")
            .formatted(offset(), LONGEST_LINE >> 20));
  }
}
