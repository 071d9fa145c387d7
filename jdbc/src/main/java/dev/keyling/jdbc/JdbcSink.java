package dev.keyling.jdbc;

import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.ExactlyOnceSink;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Runs a statement per element in a database, exactly once: whatever fails, what is in the table is
 * the output of the completed checkpoints.
 *
 * <p>The rows of a checkpoint are staged in the same database, and when the checkpoint completes
 * they are written in one transaction with its id. So they appear together, one checkpoint after
 * the other; without checkpointing, when all input has ended. Two tables are needed, and made at
 * the start if they are missing: {@code keyling_checkpoints}, with one row per sink, and {@code
 * keyling_checkpoints_staged}. A writer holds one connection as long as it is open; what the
 * database refuses or loses fails the attempt, and the job's restart strategy decides.
 *
 * <p>The statement is the user's. An insert and an update that counts up are as right as an upsert,
 * because each element runs it once. If the database refuses a row when its checkpoint has
 * completed (a key that is there already), the job cannot go on before the table lets it in, or
 * before it is started with a statement that does; nothing is lost meanwhile. Rows that may meet
 * what is there want an upsert.
 *
 * <p>A commit must be durable in the database when it returns. Most do that by themselves; H2 wants
 * {@code WRITE_DELAY=0}.
 *
 * <p>The sink refuses, and says what to do: a database that is ahead of the checkpoint that is
 * restored, or that does not know what was published before; a second writer with the same id,
 * whichever was there first.
 *
 * @param <T> the elements it takes; never null
 */
public final class JdbcSink<T> implements ExactlyOnceSink<T> {
  private static final Pattern TABLE =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");
  private static final int MAX_ID = 150;

  private final DataSource database;
  private final String statement;
  private final RowBinder<? super T> binder;
  private final String id;
  private final int batchSize;
  private final String table;

  private JdbcSink(
      DataSource database,
      String statement,
      RowBinder<? super T> binder,
      String id,
      int batchSize,
      String table) {
    this.database = database;
    this.statement = statement;
    this.binder = binder;
    this.id = id;
    this.batchSize = batchSize;
    this.table = table;
  }

  /**
   * Returns a sink with the id {@code "sink"}, batches of 500 rows and the table {@code
   * keyling_checkpoints}.
   *
   * @param database asked for one connection per attempt, which is closed with it
   * @param statement what to run per element, such as {@code insert into t(a, b) values(?, ?)}
   * @param binder sets the parameters; called in the order of the elements, by one thread at a time
   */
  public static <T> JdbcSink<T> into(
      DataSource database, String statement, RowBinder<? super T> binder) {
    return new JdbcSink<>(
        Objects.requireNonNull(database, "database"),
        Objects.requireNonNull(statement, "statement"),
        Objects.requireNonNull(binder, "binder"),
        "sink",
        500,
        "keyling_checkpoints");
  }

  /**
   * Returns this sink under another id. Every sink that writes to one database needs its own, and
   * keeps it as long as the job lives.
   *
   * @throws IllegalArgumentException if it is blank or has more than 150 characters
   */
  public JdbcSink<T> id(String newId) {
    if (newId.isBlank() || newId.length() > MAX_ID) {
      throw new IllegalArgumentException(
          "the id of a JDBC sink has 1 to %d characters, not \"%s\"".formatted(MAX_ID, newId));
    }
    return new JdbcSink<>(database, statement, binder, newId, batchSize, table);
  }

  /**
   * Returns this sink with batches of another size: rows that go to the database together. How many
   * rows a checkpoint has does not matter.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public JdbcSink<T> batchSize(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch has at least one row, not " + rows);
    }
    return new JdbcSink<>(database, statement, binder, id, rows, table);
  }

  /**
   * Returns this sink with another table for checkpoints; the staged rows are in the table of this
   * name with {@code _staged} behind.
   *
   * @param name may begin with a schema and a dot
   * @throws IllegalArgumentException if it is not a plain SQL name
   */
  public JdbcSink<T> checkpointTable(String name) {
    if (!TABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the table of checkpoints has a plain SQL name, perhaps with a schema, not \"%s\""
              .formatted(name));
    }
    return new JdbcSink<>(database, statement, binder, id, batchSize, name);
  }

  @Override
  public CommittingWriter<T> open(String partition) {
    Place place = new Place(id + "/" + partition, table, statement);
    return new JdbcWriter<>(database, place, binder, batchSize);
  }
}
