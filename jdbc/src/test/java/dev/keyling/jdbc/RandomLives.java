package dev.keyling.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.connector.CommittingWriter;
import dev.keyling.connector.Restored;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A job with one sink, as the engine drives it, whose process dies before or after a random commit
 * of the database. Some of its checkpoints are given up, some are published late.
 */
final class RandomLives {
  private static final int LIVES = 12;

  private final Table table;
  private final Random random;

  /** The commits until it dies; before that commit, if it is negative. */
  private int fuse;

  /** What the job's own record says. */
  private @Nullable Restored restored;

  private int position;
  private long ids;

  private static final class Died extends Exception {
    private static final long serialVersionUID = 1;
  }

  RandomLives(Table table, long seed) {
    this.table = table;
    this.random = new Random(seed);
  }

  void run() throws Exception {
    for (int life = 0; life < LIVES; life++) {
      fuse = (1 + random.nextInt(12)) * (random.nextBoolean() ? 1 : -1);
      ids += 1000;
      try {
        live(40);
      } catch (Exception e) {
        assertThat(e).hasRootCauseInstanceOf(Died.class);
      }
    }
    fuse = Integer.MAX_VALUE;
    live(3);
    Table.open(Table.sink(mortal()), restored).close(); // drops what the last life gave up
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < position; i++) {
      expected.add("note " + i);
    }
    expected.sort(null);
    assertThat(table.notes()).isEqualTo(expected);
    assertThat(table.staged()).isEmpty();
  }

  private void live(int checkpoints) throws Exception {
    int read = position;
    List<Restored> unpublished = new ArrayList<>();
    try (CommittingWriter<String> writer =
        Table.open(Table.sink(mortal()).batchSize(3), restored)) {
      for (int i = 0; i < checkpoints; i++) {
        for (int n = random.nextInt(5); n > 0; n--) {
          writer.write("note " + read++);
        }
        long id = ++ids;
        byte[] handle = writer.prepare(id);
        if (random.nextInt(4) > 0) {
          restored = Table.restored(id, handle); // durable in the job's record
          position = read;
          unpublished.add(restored);
        }
        if (random.nextInt(3) > 0 || i == checkpoints - 1) {
          for (Restored each : unpublished) {
            writer.commit(each.checkpointId(), each.handles().get(0));
          }
          unpublished.clear();
        }
      }
    }
  }

  /** The database, over connections that break for good when the fuse is through. */
  private DataSource mortal() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> mortal(table.database().getConnection()));
  }

  private Connection mortal(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              boolean commits = method.getName().equals("commit");
              if (commits && fuse < 0 && ++fuse == 0) {
                throw new SQLException("before the commit", new Died());
              }
              try {
                Object result = method.invoke(real, arguments);
                if (commits && fuse > 0 && --fuse == 0) {
                  throw new SQLException("after the commit", new Died());
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
