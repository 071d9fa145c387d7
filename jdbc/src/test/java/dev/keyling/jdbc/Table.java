package dev.keyling.jdbc;

import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.Restored;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A table of one text column in a database, and writers into it. */
record Table(DataSource database) {

  static Table in(DataSource database) throws SQLException {
    Table table = new Table(database);
    for (String old : List.of("notes", "keyling_checkpoints", "keyling_checkpoints_staged")) {
      table.run("drop table if exists " + old);
    }
    table.run("create table notes (note varchar(200))");
    return table;
  }

  void run(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement running = connection.createStatement()) {
      running.execute(statement);
    }
  }

  /** Returns the first column of what is found, sorted, as text. */
  List<String> select(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    found.sort(null);
    return found;
  }

  List<String> notes() throws SQLException {
    return select("select note from notes");
  }

  List<String> staged() throws SQLException {
    return select("select part from keyling_checkpoints_staged");
  }

  static JdbcSink<String> sink(DataSource database) {
    return JdbcSink.into(
        database, "insert into notes(note) values (?)", (row, note) -> row.setString(1, note));
  }

  /** Opens a writer as a new attempt does. */
  CommittingWriter<String> open(@Nullable Restored restored) throws Exception {
    return open(sink(database), restored);
  }

  static <T> CommittingWriter<T> open(JdbcSink<T> sink, @Nullable Restored restored)
      throws Exception {
    CommittingWriter<T> writer = sink.open("0");
    try {
      writer.recover(restored);
    } catch (Exception e) {
      writer.close();
      throw e;
    }
    return writer;
  }

  static Restored restored(long checkpoint, byte[] handle) {
    return new Restored(checkpoint, List.of(handle));
  }
}
