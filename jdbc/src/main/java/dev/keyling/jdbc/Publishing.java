package dev.keyling.jdbc;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the user's statement for what was staged, in the transaction that notes the checkpoint. */
final class Publishing {
  private final Place place;
  private final StagedRows staged;
  private final int batchSize;

  Publishing(Place place, StagedRows staged, int batchSize) {
    this.place = place;
    this.staged = staged;
    this.batchSize = batchSize;
  }

  /** Runs it for each row of the segments, and forgets them. */
  void publish(Connection connection, List<Segment> segments) throws IOException, SQLException {
    try (PreparedStatement statement = connection.prepareStatement(place.statement())) {
      List<Row> batch = new ArrayList<>();
      for (Segment segment : segments) {
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(staged.read(connection, segment)));
        for (long i = 0; i < segment.rows(); i++) {
          Row row = Row.read(in);
          row.setIn(statement);
          statement.addBatch();
          batch.add(row);
          if (batch.size() == batchSize) {
            run(statement, batch);
          }
        }
      }
      if (!batch.isEmpty()) {
        run(statement, batch);
      }
    }
    for (Segment segment : segments) {
      staged.forget(connection, segment);
    }
  }

  private void run(PreparedStatement statement, List<Row> batch) throws SQLException {
    try {
      statement.executeBatch();
      batch.clear();
    } catch (BatchUpdateException e) {
      throw place.failed(
          "writing rows of a completed checkpoint%s (the job goes on when the table takes them: correct the table, or start the job with a statement that fits, such as an upsert with the same parameters)"
              .formatted(refused(e.getUpdateCounts(), batch)),
          e);
    }
  }

  /** Names the row, where the driver lets us know which it is. */
  private static String refused(int[] counts, List<Row> batch) {
    int[] failed =
        IntStream.range(0, Math.min(counts.length, batch.size()))
            .filter(i -> counts[i] == PreparedStatement.EXECUTE_FAILED)
            .toArray();
    if (failed.length == 1) {
      return ", at " + batch.get(failed[0]);
    }
    boolean stopped = failed.length == 0 && counts.length < batch.size();
    return stopped
            && Arrays.stream(counts).noneMatch(each -> each == PreparedStatement.EXECUTE_FAILED)
        ? ", at " + batch.get(counts.length)
        : "";
  }
}
