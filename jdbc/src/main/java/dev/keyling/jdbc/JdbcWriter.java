package dev.keyling.jdbc;

import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.Restored;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The commit protocol of the JDBC sink. Each line is one transaction, which begins with locking the
 * sink's row of the {@link Ledger} and with making sure that no other writer has taken it over.
 *
 * <pre>
 * write      parameters → buffer → staged rows, when there are many
 * prepare    the rest → staged rows; the handle says which those are
 * commit     staged rows → user's table, checkpoint id → ledger, staged rows are deleted
 * recover    new epoch → ledger; then as commit, for what the last completed checkpoint had not
 *            finished; all other staged rows are deleted
 * </pre>
 */
final class JdbcWriter<T> implements CommittingWriter<T> {
  private final DataSource database;
  private final Place place;
  private final RowBinder<? super T> binder;
  private final Ledger ledger;
  private final StagedRows staged;
  private final Publishing publishing;
  private @Nullable Opened opened;

  /** Prepared and not published, oldest first. */
  private final List<Segment> segments = new ArrayList<>();

  private long published;

  /** Staging has begun and not ended well: what it took from the buffer is nowhere. */
  private boolean unstaged;

  /** What there is from {@link #recover} to {@link #close}. */
  private record Opened(
      Session session,
      PreparedStatement statement,
      Recorder recorder,
      long epoch,
      Staging staging) {}

  JdbcWriter(DataSource database, Place place, RowBinder<? super T> binder, int batchSize) {
    this.database = database;
    this.place = place;
    this.binder = binder;
    this.ledger = new Ledger(place);
    this.staged = new StagedRows(place);
    this.publishing = new Publishing(place, staged, batchSize);
  }

  @Override
  public void recover(@Nullable Restored restored) throws Exception {
    if (opened != null) {
      throw new IllegalStateException("recover is called once, before everything else");
    }
    JdbcHandle handle = new JdbcHandle(place.sink(), 0, List.of());
    if (restored != null && !restored.handles().isEmpty()) {
      List<byte[]> handles = restored.handles();
      handle = JdbcHandle.decode(handles.get(handles.size() - 1));
    }
    Recovering recovering = new Recovering(place, ledger, staged, publishing);
    Session session = Session.open(place, database);
    try {
      ledger.create(session);
      PreparedStatement statement = prepare(session);
      Recorder recorder = new Recorder(statement, parameters(session, statement));
      Ledger.Standing standing = recovering.recover(session, restored, handle);
      published = standing.published();
      opened =
          new Opened(
              session,
              statement,
              recorder,
              standing.epoch(),
              new Staging(staged, standing.epoch()));
    } catch (Exception | Error e) {
      try (session) {
        throw e;
      }
    }
  }

  private PreparedStatement prepare(Session session) throws SQLException {
    try {
      return session.prepare(place.statement());
    } catch (SQLException e) {
      throw place.failed("preparing the statement", e);
    }
  }

  /** Asking makes the database look at the statement, so that a wrong one is found here. */
  private static int parameters(Session session, PreparedStatement statement) throws Exception {
    try {
      return session.transaction(
          "preparing the statement",
          connection -> statement.getParameterMetaData().getParameterCount());
    } catch (SQLException e) {
      if (e.getCause() instanceof SQLFeatureNotSupportedException) {
        return -1;
      }
      throw e;
    }
  }

  @Override
  public void write(T element) throws Exception {
    Opened now = open();
    Row row;
    try {
      row = now.recorder().record(binder, element);
    } catch (SQLException e) {
      throw place.failed("binding the element " + element, e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: binding the element %s threw %s".formatted(place, element, e), e);
    }
    if (now.staging().add(row)) {
      spill(now);
    }
  }

  private void spill(Opened now) throws Exception {
    unstaged = true;
    now.session()
        .transaction(
            "staging rows",
            connection -> {
              ledger.hold(connection, now.epoch());
              now.staging().spill(connection);
              return true;
            });
    unstaged = false;
  }

  @Override
  public byte[] prepare(long checkpointId) throws Exception {
    Opened now = open();
    if (!now.staging().isEmpty()) {
      spill(now);
    }
    Segment sealed = now.staging().seal(checkpointId);
    if (sealed != null) {
      segments.add(sealed);
    }
    return new JdbcHandle(place.sink(), published, segments).encode();
  }

  @Override
  public void commit(long checkpointId, byte[] handle) throws Exception {
    Opened now = open();
    List<Segment> named = JdbcHandle.decode(handle).segments();
    if (named.isEmpty() || checkpointId <= published) {
      return; // nothing new, or told twice
    }
    now.session()
        .transaction(
            "publishing checkpoint " + checkpointId,
            connection -> {
              long before = ledger.hold(connection, now.epoch());
              if (before < checkpointId) {
                publishing.publish(
                    connection,
                    named.stream().filter(each -> each.checkpointId() > before).toList());
                ledger.published(connection, checkpointId);
              }
              return true;
            });
    published = checkpointId;
    segments.removeIf(each -> each.checkpointId() <= checkpointId);
  }

  @Override
  public void close() throws IOException {
    Opened last = opened;
    opened = null;
    if (last != null) {
      try (Session session = last.session();
          PreparedStatement statement = last.statement()) {
        // both are let go of, in this order
      } catch (SQLException e) {
        throw new IOException(place.failed("closing the connection", e));
      }
    }
  }

  private Opened open() {
    if (opened == null) {
      throw new IllegalStateException("the writer is closed, or recover was not called");
    }
    if (unstaged) {
      throw place.refused("could not stage rows before; the job has to restart");
    }
    return opened;
  }
}
