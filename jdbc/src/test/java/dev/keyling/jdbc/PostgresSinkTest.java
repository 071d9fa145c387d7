package dev.keyling.jdbc;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** In a PostgreSQL server. */
class PostgresSinkTest extends JdbcSinkContract {
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    try {
      server = EmbeddedPostgres.start();
    } catch (IllegalStateException e) {
      assumeThat(e).as("there is a server for this platform").hasMessageNotContaining("binaries");
      throw e;
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  DataSource database() {
    return server.getPostgresDatabase();
  }
}
