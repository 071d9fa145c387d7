package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One job that is killed at every point of the protocol in turn, in random order, again and again:
 * in the end the file and the table hold every line of a job that was never disturbed, once. {@code
 * -Dkeyling.rounds=20} kills twenty times at each point, {@code -Dkeyling.seed=7} at other times.
 */
class CrashMatrixTest {
  private static final int ROUNDS = Integer.getInteger("keyling.rounds", 1);
  private static final int KEYS = 200;
  private static final int PER_SECOND = 1_000;
  private static final int LINES_PER_LIFE = 1_000;

  @TempDir private Path home;
  private final Map<KillPoint, Integer> kills = new EnumMap<>(KillPoint.class);

  @Test
  void noLineIsLostOrDoubledWhereverTheProcessDies() throws Exception {
    String url = "jdbc:h2:%s;WRITE_DELAY=0;FILE_LOCK=FS".formatted(home.resolve("table"));
    matrix(url);
  }

  private void matrix(String url) throws Exception {
    Instant start = Instant.now();
    run(url, "create table counts (line varchar(100))");
    List<KillPoint> points = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      points.addAll(KillPoint.of(KillPoint.Course.RUN));
    }
    Random random = new Random(Long.getLong("keyling.seed", 5));
    Collections.shuffle(points, random);
    List<String> expected = writeInput(points.size() * LINES_PER_LIFE);

    for (KillPoint point : points) {
      int times = 1 + random.nextInt(point.most);
      try (ForkedJvm jvm = start(url, PER_SECOND, Fuse.options(point, times))) {
        assertThat(jvm.exitCode())
            .as("killed at %s, the %d. time; it said %s", point, times, jvm.said())
            .isEqualTo(Fuse.KILLED);
        kills.merge(point, 1, Integer::sum);
      }
      assertThat(lines()).as("after %s", kills).doesNotHaveDuplicates();
    }
    int before = lines().size();
    try (ForkedJvm jvm = start(url, 0, List.of())) {
      assertThat(jvm.exitCode()).as("the last life said %s", jvm.said()).isZero();
    }
    SortedLines.assertSame(lines().stream().sorted().toList(), expected);
    SortedLines.assertSame(rows(url).stream().sorted().toList(), expected);
    System.out.printf(
        "%d kills (%s), %d lines before the last life, %d in the end, none lost or doubled in file and table, %d s%n",
        points.size(),
        kills,
        before,
        expected.size(),
        Duration.between(start, Instant.now()).toSeconds());
  }

  /** Writes two partitions with keys of their own, and returns what is counted, sorted. */
  private List<String> writeInput(int perPartition) throws IOException {
    List<String> expected = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < perPartition; i++) {
        String key = "key%d-%d".formatted(partition, i % KEYS);
        keys.add(key);
        expected.add(key + " " + (i / KEYS + 1));
      }
      Files.write(MatrixJob.input(home, partition), keys);
    }
    return expected.stream().sorted().toList();
  }

  private ForkedJvm start(String url, int perSecond, List<String> options) throws IOException {
    return ForkedJvm.start(
        home, MatrixJob.class, options, List.of(home.toString(), url, String.valueOf(perSecond)));
  }

  private List<String> lines() throws IOException {
    Path output = MatrixJob.output(home);
    return Files.exists(output) ? Files.readAllLines(output) : List.of();
  }

  private static void run(String url, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement running = connection.createStatement()) {
      running.execute(statement);
    }
  }

  private static List<String> rows(String url) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement select = connection.createStatement();
        ResultSet found = select.executeQuery("select line from counts")) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }
}
