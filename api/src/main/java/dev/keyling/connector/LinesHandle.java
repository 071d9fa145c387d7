package dev.keyling.connector;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a lines sink stores with a checkpoint: the last segment that was published when it was
 * prepared, then all that were staged, without a gap. So the newest handle alone says how long the
 * file has to be, what its end looks like, and what is still to be appended.
 *
 * <p>Bytes, format 1: {@code "KLS"}, the format, the number of segments (4 bytes), {@link Segment}
 * by segment (8 + 8 + 4), CRC32C of all before (4).
 */
record LinesHandle(List<Segment> segments) {
  static final LinesHandle NOTHING = new LinesHandle(List.of());
  private static final int MAGIC = 'K' << 24 | 'L' << 16 | 'S' << 8 | 1;

  LinesHandle {
    segments = List.copyOf(segments);
  }

  /** How long the file is when all is published. */
  long end() {
    return segments.isEmpty() ? 0 : segments.get(segments.size() - 1).end();
  }

  byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(12 + 20 * segments.size());
    bytes.putInt(MAGIC).putInt(segments.size());
    for (Segment segment : segments) {
      bytes.putLong(segment.offset()).putLong(segment.length()).putInt(segment.crc());
    }
    bytes.putInt(crc(bytes.array()));
    return bytes.array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if it is anything else
   */
  static LinesHandle decode(byte[] handle) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(handle);
      if (bytes.getInt() != MAGIC) {
        throw new IOException(
            "what the checkpoint holds for a lines sink was written by another kind of sink, "
                + "or by a newer version");
      }
      int count = bytes.getInt();
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        segments.add(new Segment(bytes.getLong(), bytes.getLong(), bytes.getInt()));
      }
      if (bytes.getInt() == crc(handle) && !bytes.hasRemaining()) {
        return new LinesHandle(segments);
      }
    } catch (BufferUnderflowException e) {
      // too short: damaged, below
    }
    throw new IOException(
        "what the checkpoint holds for a lines sink is damaged: " + Arrays.toString(handle));
  }

  private static int crc(byte[] handle) {
    CRC32C crc = new CRC32C();
    crc.update(handle, 0, handle.length - 4);
    return (int) crc.getValue();
  }
}
