package dev.keyling.persistence.leveldb.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.journal.JournalKeys;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies the files of a store that is open, as a crash leaves them, and damages the copy. */
class StoreDamageTest {

  private static final int EVENTS = 100;
  private static final int EVENT = 1000;

  @TempDir Path original;
  @TempDir Path crashed;

  @BeforeEach
  void crash() throws IOException {
    crashAfter(Durability.DISK);
  }

  private void crashAfter(Durability durability) throws IOException {
    try (LevelDbStore store = Stores.open(original)) {
      long from = Stores.journal(store).readHighest("a");
      for (long n = from + 1; n <= from + EVENTS; n++) {
        Stores.journal(store).append("a", List.of(Stores.event(n, EVENT)), durability).join();
      }
      Files.createDirectories(crashed.resolve("db"));
      Files.copy(original.resolve("identity"), crashed.resolve("identity"));
      try (var files = Files.list(original.resolve("db"))) {
        for (Path file : files.toList()) {
          Files.copy(file, crashed.resolve("db").resolve(file.getFileName()));
        }
      }
    }
  }

  @Test
  void losesNothingInACrash() {
    assertThat(highestAfterOpening()).isEqualTo(EVENTS);
    assertThat(Stores.REPORTS).isEmpty();
    assertThat(highestAfterOpening()).isEqualTo(EVENTS);
  }

  @Test
  void acceptsATornTailAndReportsIt() throws IOException {
    long end = endOfLog();
    cut(end - 1);
    assertThat(highestAfterOpening()).isEqualTo(EVENTS - 1);
    assertThat(Stores.REPORTS).singleElement().asString().contains("torn tail").contains(".log");
    assertThat(highestAfterOpening()).isEqualTo(EVENTS - 1);
    assertThat(Stores.REPORTS).isEmpty();
  }

  @Test
  void acceptsATailThatIsZeroes() throws IOException {
    long end = endOfLog();
    fill(end - 500, 500);
    assertThat(highestAfterOpening()).isEqualTo(EVENTS - 1);
    assertThat(Stores.REPORTS).singleElement().asString().contains("torn tail");
  }

  @Test
  void refusesAFlippedByteInTheMiddleOfTheLog() throws IOException {
    Stores.flip(log(), endOfLog() / 2);
    assertThatThrownBy(this::highestAfterOpening)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a hole in the store")
        .hasMessageContaining(".log")
        .hasMessageContaining("restore");
  }

  @Test
  void refusesALogWithABatchCutOut() throws IOException {
    List<LogFile.Entry> entries = LogFile.read(log()).entries();
    byte[] bytes = Files.readAllBytes(log());
    // two neighbours of the same length within one block: the second over the first
    LogFile.Entry first = entries.get(3);
    LogFile.Entry second = entries.get(4);
    System.arraycopy(
        bytes,
        (int) second.start(),
        bytes,
        (int) first.start(),
        (int) (first.end() - first.start()));
    Files.write(log(), bytes);
    assertThatThrownBy(this::highestAfterOpening).hasMessageContaining("is followed by batch");
  }

  @Test
  void refusesAMissingLog() throws IOException {
    Files.delete(log());
    assertThatThrownBy(this::highestAfterOpening)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void refusesMissingPagesOfWhatWasSynchronized() throws IOException {
    fill(8192, 8192);
    assertThatThrownBy(this::highestAfterOpening).hasMessageContaining("a hole in the store");
  }

  @Test
  void cutsOffWhatAPowerCutLostOfUnsynchronizedWrites() throws IOException {
    deleteCrashed();
    crashAfter(Durability.OS);
    fill(8192, 8192);
    assertThat(highestAfterOpening()).isBetween(EVENTS + 1L, EVENTS + 8L);
    assertThat(Stores.REPORTS).singleElement().asString().contains("power cut");
    try (LevelDbStore store = Stores.open(crashed)) {
      long next = Stores.journal(store).readHighest("a") + 1;
      Stores.journal(store).append("a", List.of(Stores.event(next, EVENT)), Durability.DISK).join();
    }
    assertThat(highestAfterOpening()).isBetween(EVENTS + 2L, EVENTS + 9L);
  }

  @Test
  void refusesAFlippedByteInATable() throws IOException {
    Path table = moveIntoTable();
    Stores.flip(table, Files.size(table) / 2);
    assertThatThrownBy(this::highestAfterOpening).isInstanceOf(StoreException.class);
  }

  @Test
  void refusesAMissingOrShortTable() throws IOException {
    Path table = moveIntoTable();
    try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }
    assertThatThrownBy(this::highestAfterOpening).hasMessageContaining("damaged store");
    Files.delete(table);
    assertThatThrownBy(this::highestAfterOpening).hasMessageContaining("damaged store");
  }

  @Test
  void refusesARecordThatDoesNotFitItsSeal() {
    byte[] key = new JournalKeys("a").event(50);
    try (LevelDbStore store = Stores.open(crashed)) {
      byte[] value = Sealed.seal(key, new byte[100]);
      value[77] ^= 1;
      Stores.database(store).submit(new Changes().put(key, value), Durability.OS).join();
      assertThatThrownBy(() -> Stores.journal(store).replay("a", 1, 100, 100, (n, body) -> {}))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("checksum");
    }
  }

  private long highestAfterOpening() {
    return Stores.highestAfterOpening(crashed);
  }

  /** Opening moves the log into a table. */
  private Path moveIntoTable() throws IOException {
    Stores.open(crashed).close();
    try (var files = Files.list(crashed.resolve("db"))) {
      return files
          .filter(f -> f.toString().endsWith(".sst"))
          .max(java.util.Comparator.comparingLong(f -> f.toFile().length()))
          .orElseThrow();
    }
  }

  private Path log() throws IOException {
    List<Path> logs = LogSync.logs(crashed.resolve("db"));
    return logs.get(logs.size() - 1);
  }

  private long endOfLog() throws IOException {
    List<LogFile.Entry> entries = LogFile.read(log()).entries();
    return entries.get(entries.size() - 1).end();
  }

  private void cut(long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
      file.setLength(length);
    }
  }

  private void fill(long position, int zeros) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
      file.seek(position);
      file.write(new byte[zeros]);
    }
  }

  private void deleteCrashed() throws IOException {
    try (var files = Files.walk(crashed)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!file.equals(crashed)) {
          Files.delete(file);
        }
      }
    }
  }
}
