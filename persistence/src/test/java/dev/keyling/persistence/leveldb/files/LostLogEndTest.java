package dev.keyling.persistence.leveldb.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut may keep the newest log and lose the end of the one before, in various ways. */
class LostLogEndTest {

  private static final int TABLES = 10;

  @TempDir Path original;
  @TempDir Path crashed;

  private Path older;
  private Path newer;
  private List<LogFile.Entry> batches;

  /** Ten events in tables, then twenty in a log. */
  private void write(Durability durability) throws IOException {
    append(1, TABLES, Durability.DISK);
    try (LevelDbStore store = Stores.open(original)) {
      for (long n = TABLES + 1; n <= TABLES + 20; n++) {
        Stores.journal(store).append("a", List.of(Stores.event(n, 500)), durability).join();
      }
      Files.createDirectories(crashed.resolve("db"));
      Files.copy(original.resolve("identity"), crashed.resolve("identity"));
      try (var files = Files.list(original.resolve("db"))) {
        for (Path file : files.toList()) {
          Files.copy(file, crashed.resolve("db").resolve(file.getFileName()));
        }
      }
    }
    older = LogSync.logs(crashed.resolve("db")).get(0);
    newer = older.resolveSibling("%06d.log".formatted(LogSync.number(older) + 10));
    batches = LogFile.read(older).entries();
    assertThat(batches).hasSize(20);
  }

  private void append(long from, long to, Durability durability) {
    try (LevelDbStore store = Stores.open(original)) {
      for (long n = from; n <= to; n++) {
        Stores.journal(store).append("a", List.of(Stores.event(n, 500)), durability).join();
      }
    }
  }

  @Test
  void keepsTwoLogsThatFollowEachOther() throws IOException {
    write(Durability.OS);
    LogWriter.write(older, batches.subList(0, 12));
    LogWriter.write(newer, batches.subList(12, 20));
    assertThat(highestAfterOpening()).isEqualTo(TABLES + 20);
    assertThat(Stores.REPORTS).isEmpty();
  }

  @Test
  void cutsOffTheNewerLogIfTheEndOfTheOlderIsLost() throws IOException {
    write(Durability.OS);
    LogWriter.write(older, batches.subList(0, 8));
    LogWriter.write(newer, batches.subList(12, 20));
    assertThat(highestAfterOpening()).isEqualTo(TABLES + 8);
    assertThat(Stores.REPORTS).singleElement().asString().contains("power cut");
    assertThat(highestAfterOpening()).isEqualTo(TABLES + 8);
  }

  @Test
  void cutsOffTheNewerLogIfNothingOfTheOlderIsThere() throws IOException {
    write(Durability.OS);
    LogWriter.write(older, List.of());
    LogWriter.write(newer, batches.subList(12, 20));
    assertThat(highestAfterOpening()).isEqualTo(TABLES);
    assertThat(highestAfterOpening()).isEqualTo(TABLES);
  }

  @Test
  void refusesTheLossOfWhatWasSynchronized() throws IOException {
    write(Durability.DISK);
    for (int kept : new int[] {0, 8}) {
      LogWriter.write(older, batches.subList(0, kept));
      LogWriter.write(newer, batches.subList(12, 20));
      assertThatThrownBy(this::highestAfterOpening)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("a hole in the store")
          .hasMessageContaining("restore");
    }
  }

  private long highestAfterOpening() {
    return Stores.highestAfterOpening(crashed);
  }
}
