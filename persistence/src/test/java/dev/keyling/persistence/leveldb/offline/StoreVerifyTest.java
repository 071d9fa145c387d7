package dev.keyling.persistence.leveldb.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.files.LogWriter;
import dev.keyling.persistence.leveldb.files.MutatedStore;
import dev.keyling.persistence.leveldb.journal.JournalKeys;
import dev.keyling.persistence.leveldb.offline.StoreVerdict.Problem;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.KeyWriter;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.StoredObject;
import dev.keyling.persistence.leveldb.record.Tag;
import dev.keyling.persistence.leveldb.rows.EmptyFilter;
import dev.keyling.persistence.leveldb.rows.GroupKeys;
import dev.keyling.persistence.leveldb.snapshots.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreVerifyTest {

  private static final GroupKeys GROUP = new GroupKeys(new GroupAddress("flow", "step", 1));

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource
  void findsNothingWrongAndChangesNothing(MutatedStore shape) throws IOException {
    make(shape);
    Map<String, String> before = files();
    StoreVerdict verdict = verify();
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.isClean()).isTrue();
    assertThat(verdict.records()).isGreaterThan(100);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void namesTheFileAndTheByteOfADamagedBlock() throws IOException {
    make(MutatedStore.TABLES);
    Path table = largestTable();
    Stores.flip(table, Files.size(table) / 2);
    assertThat(verify().problems().get(0).what())
        .contains(table.getFileName().toString())
        .containsPattern("the block at byte \\d+ does not fit");
  }

  @Test
  void namesARecordThatDoesNotFitItsSeal() throws IOException {
    make(MutatedStore.ONLY_LOG);
    byte[] key = new JournalKeys("log").event(120);
    change(new Changes().put(key, new byte[100]));
    assertProblem("event 120 of log", "checksum");
  }

  @Test
  void namesAMissingEvent() throws IOException {
    make(MutatedStore.ONLY_LOG);
    change(new Changes().delete(new JournalKeys("log").event(50)));
    assertProblem("event 51 of log", "the event before it, 50, is missing");
  }

  @Test
  void namesAMissingBeginningOfAJournal() throws IOException {
    make(MutatedStore.DELETED);
    change(new Changes().delete(new JournalKeys("gone").floor()));
    assertProblem("event 451 of gone", "the event before it, 450, is missing");
  }

  @Test
  void namesATimerWithoutARowAndARowWithoutATimer() throws IOException {
    make(MutatedStore.EVERYTHING);
    byte[] lost;
    byte[] kept;
    try (LevelDbStore store = open();
        Cursor cursor = Stores.database(store).cursor(false).seek(GROUP.timers())) {
      lost = cursor.key();
      kept = GroupKeys.version(GROUP.timerVersions(timerRow()), 99);
    }
    change(new Changes().delete(lost).put(kept, Sealed.seal(kept, (byte) 1)));
    assertThat(verify().problems())
        .extracting(Problem::what)
        .containsExactlyInAnyOrder("there is no row of this timer", "missing, but there is a row");
  }

  private static byte[] timerRow() {
    byte[] timer = {2, 0, -128, 0, 0, 0, 0, 0, 0, 7};
    return GROUP.versionsOf(Stores.bytes("skey7"), timer);
  }

  @Test
  void namesRowsWithoutAMark() throws IOException {
    make(MutatedStore.EVERYTHING);
    change(new Changes().delete(GROUP.mark()));
    assertProblem("the mark of flow/step/1", "missing");
  }

  @Test
  void namesAFilterThatHidesRows() throws IOException {
    make(MutatedStore.EVERYTHING);
    change(EmptyFilter.of(GROUP));
    assertProblem("the filter of flow/step/1", "lacks keys that have rows");
  }

  @Test
  void namesASnapshotThatHasLostDataAndDataThatHasLostItsSnapshot() {
    make(MutatedStore.ONLY_LOG);
    byte[] data = new byte[3 << 20];
    new Random(1).nextBytes(data);
    try (LevelDbStore store = open()) {
      for (long nr = 1; nr <= 3; nr++) {
        Snapshot snapshot = new Snapshot(nr, 0, new StoredObject(4, new byte[0], data), null);
        Stores.snapshots(store).save("snap", () -> snapshot, Durability.OS, Runnable::run).join();
      }
    }
    assertThat(verify().problems()).isEmpty();
    change(new Changes().delete(data(1)));
    assertProblem("snapshot 1 of snap", "its data is missing");
    change(new Changes().delete(head()).delete(data(0)));
    assertProblem("data of snapshot 1 of snap", "there is no snapshot of this data");
  }

  private static byte[] head() {
    return new KeyWriter().put(Tag.SNAPSHOT).terminated("snap").putLong(1).toBytes();
  }

  private static byte[] data(int piece) {
    return new KeyWriter()
        .put(Tag.SNAPSHOT_DATA)
        .terminated("snap")
        .putLong(1)
        .putInt(piece)
        .toBytes();
  }

  @Test
  void namesRecordsItDoesNotKnow() throws IOException {
    make(MutatedStore.ONLY_LOG);
    byte[] key = {0x77, 1};
    change(new Changes().put(key, Sealed.seal(key)));
    assertProblem("the record 7701", "no such records");
  }

  @Test
  void notesATornTailWhichIsNoDamage() throws IOException {
    make(MutatedStore.ONLY_LOG);
    LogWriter.tear(dir.resolve("store/db"));
    StoreVerdict verdict = verify();
    assertThat(verdict.isClean()).isTrue();
    assertThat(verdict.notes()).singleElement().asString().contains("torn tail");
  }

  @Test
  void refusesAStoreInUseAndWhatIsNone() throws IOException {
    make(MutatedStore.ONLY_LOG);
    try (LevelDbStore store = open()) {
      assertThatThrownBy(this::verify)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by this process");
    }
    assertThatThrownBy(() -> OfflineStore.open(dir.resolve("nowhere")))
        .hasMessageContaining("there is no directory");
    assertThatThrownBy(() -> OfflineStore.open(dir)).hasMessageContaining("holds no store");
  }

  private void make(MutatedStore shape) {
    shape.make(dir, 1);
  }

  private LevelDbStore open() {
    return LevelDbStore.open(MutatedStore.settings(dir.resolve("store")), line -> {});
  }

  private void change(Changes changes) {
    try (LevelDbStore store = open()) {
      Stores.database(store).submit(changes, Durability.OS).join();
    }
  }

  private StoreVerdict verify() {
    try (OfflineStore store = OfflineStore.open(dir.resolve("store"))) {
      return store.verify();
    }
  }

  private void assertProblem(String where, String what) {
    assertThat(verify().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).isEqualTo(where);
              assertThat(problem.what()).contains(what);
            });
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var walk = Files.walk(dir.resolve("store"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        CRC32C crc = new CRC32C();
        crc.update(Files.readAllBytes(file));
        String state =
            Files.getLastModifiedTime(file) + " " + HexFormat.of().toHexDigits(crc.getValue());
        files.put(file.toString(), state);
      }
    }
    return files;
  }

  private Path largestTable() throws IOException {
    return MutatedStore.largestTable(dir.resolve("store"));
  }
}
