package dev.keyling.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/** In files of H2. */
class H2SinkTest extends JdbcSinkContract {
  @TempDir private static Path directory;

  @Override
  DataSource database() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:" + directory.resolve("db") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
    return database;
  }
}
