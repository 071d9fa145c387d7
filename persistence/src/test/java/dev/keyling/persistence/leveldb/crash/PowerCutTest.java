package dev.keyling.persistence.leveldb.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stops a process that writes to a disk of its own, and looks at what has reached that disk: what
 * was synchronized, and what the system happened to write.
 */
class PowerCutTest {

  private static final int DISK_MIB = 32;

  /** Rounds with one writer; then it starts over on a new disk. */
  private static final int ROUNDS_PER_WRITER = 50;

  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path temp;
  private Path home;

  /** Images are copied all the time: better in memory. */
  @BeforeEach
  void makeHome() throws IOException {
    home = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "power-cut") : temp;
    SmallDisk.assumeMountable(home);
  }

  @AfterEach
  void removeHome() {
    Shell.run("rm", "-rf", home.toString());
  }

  @Test
  void losesNothingThatWasSynchronizedInAPowerCut() throws IOException {
    rounds(8);
  }

  @Test
  @Tag("stress")
  void losesNothingThatWasSynchronizedInFiveHundredPowerCuts() throws IOException {
    rounds(500);
  }

  private void rounds(int rounds) throws IOException {
    long[] totals = new long[2];
    for (int from = 0; from < rounds; from += ROUNDS_PER_WRITER) {
      Path here = Files.createDirectory(home.resolve("writer" + from));
      try (SmallDisk disk = SmallDisk.ext4(here, DISK_MIB)) {
        oneWriter(disk, here, Math.min(ROUNDS_PER_WRITER, rounds - from), totals);
      }
      Shell.run("rm", "-rf", here.toString());
    }
    System.out.printf(
        "fault suite: power cut: %d images, %d events acknowledged as on disk, all recovered, %d others a prefix%n",
        rounds, totals[0], totals[1]);
  }

  private static void oneWriter(SmallDisk disk, Path here, int rounds, long[] totals)
      throws IOException {
    Path notes = here.resolve("notes");
    SplittableRandom random = new SplittableRandom();
    Notes synced = null;
    try (ScribeProcess scribe =
        ScribeProcess.start(
            List.of(), disk.root().resolve("store"), notes, 8 << 20, Long.MAX_VALUE / 2, false)) {
      scribe.awaitLine("writing");
      for (int round = 0; round < rounds; round++) {
        if (scribe.endsWithin(random.nextInt(5, 150))) {
          throw new AssertionError("round " + round + ": " + scribe.rest());
        }
        scribe.freeze();
        synced = Notes.synced(notes);
        try (SmallDisk after = disk.cutPower(here)) {
          scribe.thaw();
          synced.checkAgainst(after.root().resolve("store"));
        }
      }
    }
    totals[0] += synced == null ? 0 : synced.count();
    totals[1] += Notes.all(notes).count() - (synced == null ? 0 : synced.count());
  }
}
