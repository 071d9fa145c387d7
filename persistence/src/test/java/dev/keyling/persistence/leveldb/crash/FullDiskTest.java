package dev.keyling.persistence.leveldb.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills disks of 8 MiB: LevelDB would take the whole process with it. */
class FullDiskTest {

  private static final int MIB = 1 << 20;
  private static final int RESERVE = 2 * MIB;

  @TempDir Path home;

  @BeforeEach
  void needsDisks() {
    SmallDisk.assumeMountable(home);
  }

  @Test
  void goesOnWheneverThereIsRoomInMemory() throws IOException {
    try (SmallDisk disk = SmallDisk.tmpfs(home, 8)) {
      fillsAndFrees(disk, "tmpfs");
    }
  }

  @Test
  void goesOnWheneverThereIsRoomOnExt4() throws IOException {
    try (SmallDisk disk = SmallDisk.ext4(home, 16)) {
      fillsAndFrees(disk, "ext4");
    }
  }

  @Test
  void refusesToBeOpenedWhereItWouldBeFullAtOnce() throws IOException {
    try (SmallDisk disk = SmallDisk.tmpfs(home, 8)) {
      LevelDbSettings settings = LevelDbSettings.of(disk.root().resolve("store"), "", 8);
      assertThatThrownBy(() -> LevelDbStore.open(settings, report -> {}).close())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(disk.root().toString())
          .hasMessageContaining("bytes free and 1,073,741,824 are wanted")
          .hasMessageContaining("keyling.persistence.leveldb.min-free-space")
          .hasMessageContaining("on a small disk");
    }
  }

  /** Another process fills the disk to the last byte while the store is written at full speed. */
  private void fillsAndFrees(SmallDisk disk, String name) throws IOException {
    Path dir = disk.root().resolve("store");
    Path notes = home.resolve("notes");
    int rounds = 10;
    try (ScribeProcess scribe =
        ScribeProcess.start(List.of(), dir, notes, RESERVE, Long.MAX_VALUE / 2, true)) {
      scribe.awaitLine("writing");
      for (int round = 0; round < rounds; round++) {
        Shell.run("sh", "-c", FILL.formatted(disk.root().resolve("filler")));
        assertThat(scribe.awaitLine("failed"))
            .contains("cannot write to the store in " + dir)
            .contains("min-free-space");
        scribe.awaitLine("reading");
        assertThat(disk.root().toFile().getUsableSpace()).isLessThan(MIB);
        Files.delete(disk.root().resolve("filler"));
        scribe.awaitLine("writing");
      }
      assertThat(scribe.isAlive()).isTrue();
    }
    Notes noted = Notes.all(notes);
    noted.checkAgainst(dir);
    System.out.printf(
        "fault suite: full disk (%s): filled %d times, %d events acknowledged, all recovered%n",
        name, rounds, noted.count());
  }

  /** Takes all there is, a little at a time: about 20 MiB/s. */
  private static final String FILL =
      "while dd if=/dev/zero of=%s bs=64k count=1 oflag=append conv=notrunc status=none 2>/dev/null; do :; done; true";
}
