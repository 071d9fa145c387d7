package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log as a web server writes it. */
class AccessLogTest {
  private static final int REQUESTS = 10_000;

  @TempDir private Path directory;

  @Test
  void findsTheSessionsThatANaiveComputationFinds() throws IOException {
    Visits visits = Visits.random(4, REQUESTS, 7_500).inSeconds();
    Path log = Files.write(directory.resolve("access.log"), visits.accessLog(5));
    Run run = new Run("sessions", directory, log);

    Result result = run.here();
    assertThat(result.exitCode()).as(result::toString).isZero();
    SortedLines.assertSame(run.sortedOutput(), visits.sessions());
    assertThat(result.oneLine())
        .startsWith(
            "sessions: %d elements read, %d outputs, 0 rejected, 0 late, "
                .formatted(REQUESTS, visits.sessions().size()));
    System.out.printf(
        "sessions: %d requests of %d clients in %d sessions, as computed naively%n",
        REQUESTS, visits.keys().size(), visits.sessions().size());
  }
}
