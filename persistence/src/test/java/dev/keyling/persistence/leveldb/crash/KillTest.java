package dev.keyling.persistence.leveldb.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, over and over on the same store. */
class KillTest {

  @TempDir Path home;

  @Test
  void losesNothingWhenTheProcessIsKilled() throws IOException {
    rounds(10);
  }

  @Test
  @Tag("stress")
  void losesNothingWhenTheProcessIsKilledAThousandTimes() throws IOException {
    rounds(1000);
  }

  private void rounds(int rounds) throws IOException {
    Path dir = home.resolve("store");
    Path notes = home.resolve("notes");
    SplittableRandom random = new SplittableRandom();
    long acknowledged = 0;
    for (int round = 0; round < rounds; round++) {
      try (ScribeProcess scribe =
          ScribeProcess.start(List.of(), dir, notes, 0, Long.MAX_VALUE / 2, false)) {
        scribe.awaitLine("writing");
        if (scribe.endsWithin(random.nextInt(50, 400))) {
          throw new AssertionError("round " + round + ": " + scribe.rest());
        }
        scribe.kill();
      }
      Notes noted = Notes.all(notes);
      noted.checkAgainst(dir);
      acknowledged += noted.count();
      Files.delete(notes);
    }
    System.out.printf(
        "fault suite: kill -9: %d rounds, %d events acknowledged, all recovered%n",
        rounds, acknowledged);
  }
}
