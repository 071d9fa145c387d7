package dev.keyling.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The row of one sink in the table of checkpoints: which writer may write, and which checkpoint was
 * published last. Whoever changes anything locks this row first, in the same transaction; that is
 * the fence.
 */
final class Ledger {
  private final Place place;

  /**
   * @param epoch the number of the writer that may write
   * @param published the newest checkpoint in the user's table; 0: none
   */
  record Standing(long epoch, long published) {}

  Ledger(Place place) {
    this.place = place;
  }

  /** Makes the tables, if they are not there. */
  void create(Session session) throws Exception {
    create(
        session,
        place.table(),
        "sink varchar(200) not null primary key, epoch numeric(19) not null,"
            + " checkpoint_id numeric(19) not null");
    create(
        session,
        place.staged(),
        "sink varchar(200) not null, epoch numeric(19) not null, segment numeric(19) not null,"
            + " part integer not null, content varchar(4000) not null,"
            + " primary key (sink, epoch, segment, part)");
  }

  private void create(Session session, String table, String columns) throws Exception {
    if (isThere(session, table)) {
      return;
    }
    try {
      session.transaction(
          "making the table " + table,
          connection -> {
            try (Statement create = connection.createStatement()) {
              return create.execute("create table %s (%s)".formatted(table, columns));
            }
          });
    } catch (SQLException e) {
      if (!isThere(session, table)) { // else somebody else was faster
        throw e;
      }
    }
  }

  private static boolean isThere(Session session, String table) throws Exception {
    try {
      return session.transaction(
          "looking for the table " + table,
          connection -> {
            try (Statement select = connection.createStatement()) {
              select.executeQuery("select sink from " + table + " where 1 = 0").close();
              return true;
            }
          });
    } catch (SQLException e) {
      return false;
    }
  }

  /** Becomes the writer: all that came before can no longer change anything. */
  Standing takeOver(Connection connection) throws SQLException {
    if (update(connection, "update %s set epoch = epoch + 1 where sink = ?") == 0) {
      update(connection, "insert into %s(sink, epoch, checkpoint_id) values (?, 1, 0)");
    }
    return Objects.requireNonNull(find(connection));
  }

  /**
   * Locks the row until the transaction ends.
   *
   * @return the newest published checkpoint
   * @throws IllegalStateException if another writer has taken over
   */
  long hold(Connection connection, long epoch) throws SQLException {
    update(connection, "update %s set epoch = epoch where sink = ?");
    Standing now = find(connection);
    if (now == null || now.epoch() != epoch) {
      throw place.refused(
          "is being written by somebody else now: a later attempt of this job, or another sink on"
              + " this database with the same id; give each sink an id of its own with id(...)");
    }
    return now.published();
  }

  private static Standing standing(ResultSet found) throws SQLException {
    return new Standing(found.getLong(1), found.getLong(2));
  }

  private @Nullable Standing find(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select epoch, checkpoint_id from %s where sink = ?".formatted(place.table()))) {
      select.setString(1, place.sink());
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? standing(found) : null;
      }
    }
  }

  /** Takes note that a checkpoint is in the user's table. */
  void published(Connection connection, long checkpointId) throws SQLException {
    update(connection, "update %s set checkpoint_id = " + checkpointId + " where sink = ?");
  }

  private int update(Connection connection, String statement) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(statement.formatted(place.table()))) {
      update.setString(1, place.sink());
      return update.executeUpdate();
    }
  }
}
