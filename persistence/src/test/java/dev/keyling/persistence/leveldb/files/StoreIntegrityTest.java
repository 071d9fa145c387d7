package dev.keyling.persistence.leveldb.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.journal.JournalKeys;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.Tag;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage that LevelDB itself would not see, or would not survive. */
class StoreIntegrityTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path dir;
  @TempDir Path other;

  private Path store() {
    return dir.resolve("store");
  }

  @ParameterizedTest
  @EnumSource
  void readsWithoutLevelDbWhatLevelDbReads(MutatedStore shape) throws IOException {
    shape.make(dir, 1);
    List<String> offline = new ArrayList<>();
    StoreFiles files = StoreFiles.check(store(), StoreIdentity.read(store()), Damage.Sink.REFUSE);
    try (Merge merge = files.changes(new byte[] {Tag.EVENT})) {
      byte[] before = {};
      for (StoredChange next = merge.next(); next != null; next = merge.next()) {
        if (!Arrays.equals(before, next.key()) && next.value() != null) {
          offline.add(line(next.key()));
        }
        before = next.key();
      }
    }
    try (LevelDbStore store = open()) {
      List<String> online = new ArrayList<>();
      try (Cursor cursor = Stores.database(store).cursor(false).seek(new byte[] {Tag.EVENT})) {
        for (; cursor.isIn(new byte[0]); cursor.next()) {
          online.add(line(cursor.key()));
        }
      }
      assertThat(offline).isEqualTo(online).hasSizeGreaterThan(100);
    }
  }

  private static String line(byte[] key) {
    return HexFormat.of().formatHex(key);
  }

  @Test
  void aDamagedBlockThatOnlyACompactionMeetsStopsTheWriter() throws IOException {
    MutatedStore.TABLES.make(dir, 1);
    Path table = MutatedStore.largestTable(store());
    Stores.flip(table, Files.size(table) / 2);
    try (LevelDbStore store = open()) {
      assertThatThrownBy(() -> writeOverEverything(store))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(StoreException.class)
          .hasMessageContaining("will not try again");
    }
    assertThatThrownBy(() -> readAll("a", "b"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot read the store");
  }

  /** Goes on until a compaction has come by, which has a thread of its own. */
  private static void writeOverEverything(LevelDbStore store) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int round = 0; round < 100 || System.nanoTime() - end < 0; round++) {
      String id = (round % 2 == 0 ? "0" : "c") + round;
      MutatedStore.events(store, id, 1, 200, new Random(round));
    }
  }

  private void readAll(String... ids) {
    try (LevelDbStore store = open()) {
      for (String id : ids) {
        Stores.journal(store).replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE, (n, body) -> {});
      }
    }
  }

  @Test
  void refusesATableWhoseIndexIsDamaged() throws IOException {
    MutatedStore.TABLES.make(dir, 1);
    Path table = MutatedStore.largestTable(store());
    Stores.flip(table, Files.size(table) - 60);
    assertRefused(table.getFileName().toString(), "the block at byte");
  }

  @Test
  void refusesATableInThePlaceOfAnother() throws IOException {
    MutatedStore.TABLES.make(dir, 1);
    Manifest.Table table =
        Manifest.check(store().resolve("db"), Damage.Sink.REFUSE).tables().get(0);
    TableFile.check(table);
    InternalKey first =
        new InternalKey(table.smallest().key(), table.smallest().sequence() + 1, true);
    Manifest.Table meant =
        new Manifest.Table(1, table.path(), table.size(), first, table.largest());
    assertThatThrownBy(() -> TableFile.check(meant))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another file");
  }

  @Test
  void refusesARecordOfAnotherStoreThoughItIsWhole() throws IOException {
    MutatedStore.ONLY_LOG.make(dir, 1);
    MutatedStore.ONLY_LOG.make(other, 2);
    Path table = MutatedStore.largestTable(store());
    Path same = other.resolve("store/db").resolve(table.getFileName().toString());
    assertThat(same).hasSize(Files.size(table));
    Files.copy(same, table, StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> readAll("log")).isInstanceOf(StoreException.class);
  }

  @Test
  void sealsTheRecordsOfEveryStoreInItsOwnWay() throws IOException {
    MutatedStore.ONLY_LOG.make(dir, 1);
    MutatedStore.ONLY_LOG.make(other, 1);
    byte[] key = new JournalKeys("log").event(5);
    int salt = StoreIdentity.read(store()).salt();
    byte[] value = raw(store(), key);
    assertThat(Sealed.fits(key, value, salt)).isTrue();
    assertThat(Sealed.fits(key, raw(other.resolve("store"), key), salt)).isFalse();
  }

  private static byte[] raw(Path store, byte[] key) throws IOException {
    StoreFiles files = StoreFiles.check(store, StoreIdentity.read(store), Damage.Sink.REFUSE);
    return Objects.requireNonNull(files.get(key));
  }

  @Test
  void refusesALogOfAnotherStore() throws IOException {
    MutatedStore.ONLY_LOG.make(dir, 1);
    MutatedStore.ONLY_LOG.make(other, 2);
    Path log = newestLog();
    Path same = other.resolve("store/db").resolve(log.getFileName().toString());
    Files.copy(same, log, StandardCopyOption.REPLACE_EXISTING);
    assertRefused(log.getFileName().toString(), "of another store");
  }

  @Test
  void refusesAnEndOfTheLogThatWasSynchronizedAndIsMissing() throws IOException {
    MutatedStore.ONLY_LOG.make(dir, 1);
    List<LogFile.Entry> entries = LogFile.read(newestLog()).entries();
    try (RandomAccessFile file = new RandomAccessFile(newestLog().toFile(), "rw")) {
      file.setLength(entries.get(entries.size() - 3).end());
    }
    assertRefused("was on the disk", "but the newest one is now");
  }

  @Test
  void acceptsAnOlderMark() throws IOException {
    MutatedStore.ONLY_LOG.make(dir, 1);
    Files.copy(
        dir.resolve("old/synced"), store().resolve("synced"), StandardCopyOption.REPLACE_EXISTING);
    readAll("end");
    Files.delete(store().resolve("synced"));
    readAll("end");
  }

  @Test
  void acceptsATornTailOfTheManifestAndReportsIt() throws IOException {
    MutatedStore.ONLY_LOG.make(dir, 1);
    Path manifest =
        store().resolve("db").resolve(Files.readString(store().resolve("db/CURRENT")).strip());
    Files.write(manifest, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, StandardOpenOption.APPEND);
    List<String> reports = new ArrayList<>();
    LevelDbStore.open(MutatedStore.settings(store()), reports::add).close();
    assertThat(reports).singleElement().asString().contains("torn tail").contains("MANIFEST");
  }

  @Test
  void refusesWithoutHavingChangedAnything() throws IOException {
    MutatedStore.TABLES.make(dir, 1);
    Path table = MutatedStore.largestTable(store());
    Stores.flip(table, Files.size(table) - 60);
    List<String> before = listing();
    assertRefused(table.getFileName().toString(), "damaged store");
    assertThat(listing()).isEqualTo(before);
  }

  private List<String> listing() throws IOException {
    try (var files = Files.list(store().resolve("db"))) {
      return files.map(f -> f.getFileName() + " " + f.toFile().length()).sorted().toList();
    }
  }

  private LevelDbStore open() {
    return LevelDbStore.open(MutatedStore.settings(store()), line -> {});
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(words);
  }

  private Path newestLog() throws IOException {
    List<Path> logs = LogSync.logs(store().resolve("db"));
    return logs.get(logs.size() - 1);
  }

  private static List<Path> tables(Path store) throws IOException {
    try (var files = Files.list(store.resolve("db"))) {
      return files.filter(f -> f.toString().endsWith(".sst")).sorted().toList();
    }
  }
}
