package dev.keyling.jdbc;

import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The table of staged rows of one sink. Bytes are kept as text, in parts of 4000 characters: the
 * one form that every database takes.
 */
final class StagedRows {
  private static final int PART = 3000;
  private static final int PARTS_AT_ONCE = 300;

  private final Place place;

  StagedRows(Place place) {
    this.place = place;
  }

  /** Returns how many parts so many bytes have. */
  static int parts(int bytes) {
    return (bytes + PART - 1) / PART;
  }

  /**
   * Adds bytes to a segment.
   *
   * @param first the number of the first part
   */
  void append(Connection connection, long epoch, long segment, int first, byte[] bytes)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into %s(sink, epoch, segment, part, content) values (?, ?, ?, ?, ?)"
                .formatted(place.staged()))) {
      for (int i = 0; i < parts(bytes.length); i++) {
        int from = i * PART;
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PART));
        insert.setString(1, place.sink());
        insert.setLong(2, epoch);
        insert.setLong(3, segment);
        insert.setInt(4, first + i);
        insert.setString(5, Base64.getEncoder().encodeToString(part));
        insert.addBatch();
        if ((i + 1) % PARTS_AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** Returns the bytes of a segment, which are read as they are needed. */
  InputStream read(Connection connection, Segment segment) {
    return new StagedBytes(place, connection, segment);
  }

  /** Forgets what is staged: one segment, or all. */
  void forget(Connection connection, @Nullable Segment segment) throws SQLException {
    String which = segment == null ? "" : " and epoch = ? and segment = ?";
    try (PreparedStatement delete =
        connection.prepareStatement("delete from " + place.staged() + " where sink = ?" + which)) {
      delete.setString(1, place.sink());
      if (segment != null) {
        delete.setLong(2, segment.epoch());
        delete.setLong(3, segment.number());
      }
      delete.executeUpdate();
    }
  }
}
