package dev.keyling.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a JDBC sink stores with a checkpoint: small, however many rows there are.
 *
 * <p>Bytes, format 1: {@code "KJS"}, the format, the sink, the last published checkpoint (8), the
 * number of segments (4), {@link Segment} by segment (8 + 8 + 8 + 4 + 8), CRC32C of all before (4).
 *
 * @param sink who staged
 * @param published the newest checkpoint that was in the table when this was prepared; 0: none
 * @param segments staged and not published then, oldest first
 */
record JdbcHandle(String sink, long published, List<Segment> segments) {
  private static final int MAGIC = 'K' << 24 | 'J' << 16 | 'S' << 8 | 1;

  JdbcHandle {
    segments = List.copyOf(segments);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeUTF(sink);
      out.writeLong(published);
      out.writeInt(segments.size());
      for (Segment segment : segments) {
        out.writeLong(segment.checkpointId());
        out.writeLong(segment.epoch());
        out.writeLong(segment.number());
        out.writeInt(segment.parts());
        out.writeLong(segment.rows());
      }
      out.writeInt(crc(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if it is anything else
   */
  static JdbcHandle decode(byte[] handle) throws IOException {
    if (handle.length < 8
        || new DataInputStream(new ByteArrayInputStream(handle)).readInt() != MAGIC) {
      throw new IOException(
          "what the checkpoint holds for a JDBC sink was written by another kind of sink, or by a"
              + " newer version");
    }
    int end = handle.length - 4;
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(handle));
    in.skipBytes(end);
    if (in.readInt() != crc(handle, end)) {
      throw new IOException(
          "what the checkpoint holds for a JDBC sink is damaged: " + Arrays.toString(handle));
    }
    in = new DataInputStream(new ByteArrayInputStream(handle, 4, end - 4));
    String sink = in.readUTF();
    long published = in.readLong();
    List<Segment> segments = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      segments.add(
          new Segment(in.readLong(), in.readLong(), in.readLong(), in.readInt(), in.readLong()));
    }
    return new JdbcHandle(sink, published, segments);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
