package dev.keyling.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows since the last checkpoint: in memory first, in the table of staged rows when they are
 * many or when the checkpoint comes.
 */
final class Staging {
  /** Bytes in memory. */
  static final int BUFFER = 1 << 20;

  private final StagedRows table;
  private final long epoch;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(buffer);
  private long segment = 1;
  private int parts;
  private long rows;

  Staging(StagedRows table, long epoch) {
    this.table = table;
    this.epoch = epoch;
  }

  /** Takes a row; returns whether the buffer is full and wants to be spilled. */
  boolean add(Row row) throws IOException {
    row.write(out);
    rows++;
    return buffer.size() >= BUFFER;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** Writes what is in memory to the table. */
  void spill(Connection connection) throws SQLException {
    byte[] bytes = buffer.toByteArray();
    table.append(connection, epoch, segment, parts, bytes);
    parts += StagedRows.parts(bytes.length);
    buffer.reset();
  }

  /** Ends the segment, which must have been spilled; null if there was no row. */
  @Nullable Segment seal(long checkpointId) {
    if (rows == 0) {
      return null;
    }
    Segment sealed = new Segment(checkpointId, epoch, segment++, parts, rows);
    parts = 0;
    rows = 0;
    return sealed;
  }
}
