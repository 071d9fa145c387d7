package dev.keyling.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The connection of one writer: nothing is ever done outside of a transaction. */
final class Session implements AutoCloseable {
  private final Place place;
  private final Connection connection;
  private final boolean autoCommit;

  /** What is done in a transaction. */
  interface Action<R> {
    R in(Connection connection) throws Exception;
  }

  private Session(Place place, Connection connection) throws SQLException {
    this.place = place;
    this.connection = connection;
    this.autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
  }

  static Session open(Place place, DataSource database) throws SQLException {
    Connection connection;
    try {
      connection = database.getConnection();
    } catch (SQLException e) {
      throw place.failed("connecting to the database", e);
    }
    try {
      return new Session(place, connection);
    } catch (SQLException e) {
      connection.close();
      throw place.failed("connecting to the database", e);
    }
  }

  /**
   * Runs a transaction; if anything throws, it is rolled back.
   *
   * @param doing what it does, in words
   */
  <R> R transaction(String doing, Action<R> action) throws Exception {
    try {
      R result = action.in(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      undo(e);
      throw place.failed(doing, e);
    } catch (Exception | Error e) {
      undo(e);
      throw e;
    }
  }

  private void undo(Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Prepares a statement that lives as long as this session. */
  PreparedStatement prepare(String statement) throws SQLException {
    return connection.prepareStatement(statement);
  }

  /** Gives the connection back as it came; a transaction that is open is rolled back. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    }
  }
}
