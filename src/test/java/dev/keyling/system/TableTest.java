package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.connector.Sources;
import dev.keyling.examples.programs.Payment;
import dev.keyling.examples.programs.RunningTotals;
import dev.keyling.jdbc.JdbcSink;
import dev.keyling.sharding.LocalSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a table that holds each row once. */
class TableTest {
  @TempDir private Path directory;

  @Test
  void aTableHoldsEachRowOnceOverTwoRuns() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:%s;WRITE_DELAY=0".formatted(directory.resolve("table")));
    Path input = directory.resolve("payments.csv");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table totals (name varchar(20), total bigint)");
      Files.writeString(input, "user1,5\nuser2,7\nuser1,2\n");
      run(database, input);
      assertThat(rows(statement)).containsExactly("user1 5", "user1 7", "user2 7");
      Files.writeString(input, "user1,5\nuser2,7\nuser1,2\nuser2,1\n");
      run(database, input);
      assertThat(rows(statement)).containsExactly("user1 5", "user1 7", "user2 7", "user2 8");
    }
  }

  private void run(DataSource database, Path input) {
    Dataflow flow = Dataflow.named("totals");
    flow.enableCheckpointing(Duration.ofMillis(100));
    RunningTotals.of(flow.from("payments", Sources.lines(input)).map(TableTest::payment))
        .to(
            "out",
            JdbcSink.into(
                database,
                "insert into totals(name, total) values (?, ?)",
                (row, total) -> {
                  row.setString(1, total.user());
                  row.setLong(2, total.total());
                }));
    String store = "keyling.persistence.leveldb.dir = \"%s\"".formatted(directory.resolve("data"));
    try (LocalSystem system = LocalSystem.start("table", ConfigFactory.parseString(store))) {
      system.keyling().run(flow).completion().toCompletableFuture().join();
    }
  }

  private static Payment payment(String line) {
    int comma = line.indexOf(',');
    return new Payment(line.substring(0, comma), Long.parseLong(line.substring(comma + 1)));
  }

  private static List<String> rows(Statement statement) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet found = statement.executeQuery("select name, total from totals")) {
      while (found.next()) {
        rows.add(found.getString(1) + " " + found.getLong(2));
      }
    }
    rows.sort(null);
    return rows;
  }
}
