package dev.keyling.jdbc;

import java.sql.SQLException;

/**
 * Which writer of which sink, for the database and for people.
 *
 * @param sink the key in the tables: the id of the sink and the partition
 * @param table where checkpoints are
 */
record Place(String sink, String table, String statement) {

  /** Returns where staged rows are. */
  String staged() {
    return table + "_staged";
  }

  /** Returns a refusal: what was found, and what to do. */
  IllegalStateException refused(String words) {
    return new IllegalStateException(this + " " + words);
  }

  /** Returns what the database said, with what was being done. */
  SQLException failed(String doing, SQLException cause) {
    if (cause.getMessage() != null && cause.getMessage().startsWith(toString())) {
      return cause; // says it better
    }
    SQLException root = cause.getNextException() == null ? cause : cause.getNextException();
    return new SQLException(
        "%s: %s failed: %s".formatted(this, doing, root.getMessage()),
        cause.getSQLState(),
        cause.getErrorCode(),
        cause);
  }

  @Override
  public String toString() {
    return "JDBC sink \"%s\" (%s)".formatted(sink, statement);
  }
}
