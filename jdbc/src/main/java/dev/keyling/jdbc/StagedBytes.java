package dev.keyling.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;

/** The bytes of a segment, some hundred parts at a time, so that its size does not matter. */
final class StagedBytes extends InputStream {
  private static final int PARTS_AT_ONCE = 300;

  private final Place place;
  private final Connection connection;
  private final Segment segment;
  private final Queue<InputStream> loaded = new ArrayDeque<>();
  private int next;

  StagedBytes(Place place, Connection connection, Segment segment) {
    this.place = place;
    this.connection = connection;
    this.segment = segment;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (true) {
      InputStream part = loaded.peek();
      if (part != null) {
        int read = part.read(into, offset, length);
        if (read >= 0) {
          return read;
        }
        loaded.remove();
      } else if (next < segment.parts()) {
        load(Math.min(segment.parts(), next + PARTS_AT_ONCE));
      } else {
        return -1;
      }
    }
  }

  private void load(int end) throws IOException {
    try (PreparedStatement select =
        connection.prepareStatement(
            ("select part, content from %s where sink = ? and epoch = ? and segment = ?"
                    + " and part >= ? and part < ? order by part")
                .formatted(place.staged()))) {
      select.setString(1, place.sink());
      select.setLong(2, segment.epoch());
      select.setLong(3, segment.number());
      select.setInt(4, next);
      select.setInt(5, end);
      try (ResultSet found = select.executeQuery()) {
        while (found.next() && found.getInt(1) == next) {
          loaded.add(new ByteArrayInputStream(Base64.getDecoder().decode(found.getString(2))));
          next++;
        }
      }
    } catch (SQLException e) {
      throw new IOException(place.failed("reading staged rows", e));
    }
    if (next < end) {
      throw place.refused(
          ("misses part %d of the %d that were staged for checkpoint %d in %s: somebody deleted"
                  + " them, this is another database, or it forgot a commit; restore an older"
                  + " checkpoint, or start the job anew")
              .formatted(next, segment.parts(), segment.checkpointId(), place.staged()));
    }
  }
}
