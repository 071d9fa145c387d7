package dev.keyling.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed right when it begins to store or to write, with checkpoints in quick
 * succession: the first record of a job, of an attempt, of a checkpoint, the first output.
 */
class EarlyCrashTest {
  private static final String[] OPTIONS = {"--checkpoint-interval", "5ms"};

  @TempDir private Path directory;

  @Test
  void fourFreshStartsSurviveEarlyCrashes() throws IOException {
    freshStarts(4);
  }

  @Test
  @Tag("stress")
  void aHundredFreshStartsSurviveEarlyCrashes() throws IOException {
    freshStarts(100);
  }

  private void freshStarts(int rounds) throws IOException {
    Instant start = Instant.now();
    Payments payments = Payments.random(6, 30_000, 3_000);
    Visits visits = Visits.random(7, 30_000, 3_000).inSeconds();
    Path csv = Files.write(directory.resolve("payments.csv"), payments.lines());
    Path log = Files.write(directory.resolve("access.log"), visits.accessLog(8));
    Random random = new Random(9);
    int crashes = 0;
    int lines = 0;
    for (int round = 0; round < rounds; round++) {
      boolean totals = round % 2 == 0;
      Path home = directory.resolve("round" + round);
      Run run = new Run(totals ? "totals" : "sessions", home, totals ? csv : log, OPTIONS);
      List<String> expected = totals ? payments.runningTotals() : visits.sessions();
      Crashes early = new Crashes(run, random.nextLong());
      early.killEarly(1 + random.nextInt(3));
      run.toTheEnd();
      SortedLines.assertSame(run.sortedOutput(), expected);
      crashes += early.count();
      lines += expected.size();
    }
    System.out.printf(
        "early crashes: %d fresh starts, %d crashes, %d output lines as without them, %d s%n",
        rounds, crashes, lines, Duration.between(start, Instant.now()).toSeconds());
  }
}
