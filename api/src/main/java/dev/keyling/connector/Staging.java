package dev.keyling.connector;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The lines since the last checkpoint: in memory first, in a staging file when they are many or
 * when the checkpoint comes. After a failure the staging file may lack bytes, so everything but
 * closing is refused from then on; the next attempt writes them again.
 */
final class Staging implements Closeable {
  static final int BUFFER = 256 << 10;

  private final Disk disk;
  private final StagingDirectory directory;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private long offset;
  private long length;
  private @Nullable FileChannel channel;
  private @Nullable IOException failure;

  /** Begins with lines whose place in the target is {@code offset}. */
  Staging(Disk disk, StagingDirectory directory, long offset, int bufferSize) {
    this.disk = disk;
    this.directory = directory;
    this.offset = offset;
    this.buffer = ByteBuffer.allocate(bufferSize);
  }

  void append(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    append(ByteBuffer.wrap(bytes));
    if (!buffer.hasRemaining()) {
      spill();
    }
    buffer.put((byte) '\n');
  }

  private void append(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.hasRemaining()) {
      if (!buffer.hasRemaining()) {
        spill();
      }
      buffer.put(bytes.limit(Math.min(end, bytes.position() + buffer.remaining())));
      bytes.limit(end);
    }
  }

  /**
   * Makes the lines since the last call durable and begins anew behind them.
   *
   * @return null if there are none; the disk is then not touched
   */
  @Nullable Segment seal() throws IOException {
    if (buffer.position() == 0 && channel == null) {
      return null;
    }
    FileChannel file = spill();
    try {
      file.force(false);
      file.close();
      directory.force();
    } catch (IOException e) {
      throw failed(e);
    }
    Segment sealed = new Segment(offset, length, (int) crc.getValue());
    offset = sealed.end();
    length = 0;
    crc.reset();
    channel = null;
    return sealed;
  }

  /** Drops the lines since the last checkpoint. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      disk.delete(directory.file(offset));
    }
  }

  private FileChannel spill() throws IOException {
    if (failure != null) {
      throw new IOException(
          "staging has failed before; the job has to restart: " + failure.getMessage(), failure);
    }
    try {
      if (channel == null) {
        directory.create();
        channel = disk.open(directory.file(offset), CREATE, TRUNCATE_EXISTING, WRITE);
      }
      buffer.flip();
      crc.update(buffer.duplicate());
      length += buffer.remaining();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
      return channel;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException cause) {
    failure = Refused.because(directory.file(offset), "cannot be written", cause);
    return failure;
  }
}
