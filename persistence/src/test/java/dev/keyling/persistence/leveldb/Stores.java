package dev.keyling.persistence.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.journal.EventRecord;
import dev.keyling.persistence.leveldb.journal.JournalStore;
import dev.keyling.persistence.leveldb.snapshots.Snapshots;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Opens stores for tests and remembers what they reported. */
public final class Stores {

  public static final List<String> REPORTS = new ArrayList<>();

  private Stores() {}

  public static LevelDbStore open(Path dir) {
    REPORTS.clear();
    return LevelDbStore.open(LevelDbSettings.of(dir, "fraud", 128), REPORTS::add);
  }

  public static Database database(LevelDbStore store) {
    return store.database();
  }

  public static JournalStore journal(LevelDbStore store) {
    return store.journal();
  }

  public static Snapshots snapshots(LevelDbStore store) {
    return store.snapshots();
  }

  /** Returns the raw keys that start with this byte. */
  public static List<byte[]> keys(LevelDbStore store, byte tag) {
    byte[] prefix = {tag};
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = store.database().cursor(false)) {
      for (cursor.seek(prefix); cursor.isIn(prefix); cursor.next()) {
        keys.add(cursor.key());
      }
    }
    return keys;
  }

  public static EventRecord event(long sequenceNr, int bytes) {
    byte[] value = new byte[12 + bytes];
    Arrays.fill(value, 12, value.length, (byte) sequenceNr);
    return new EventRecord(sequenceNr, value);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Opens a store and returns the highest event of "a", having replayed all of them. */
  public static long highestAfterOpening(Path dir) {
    try (LevelDbStore store = open(dir)) {
      long[] count = new long[1];
      store.journal().replay("a", 1, Long.MAX_VALUE, Long.MAX_VALUE, (n, body) -> count[0]++);
      assertThat(store.journal().readHighest("a")).isEqualTo(count[0]);
      return count[0];
    }
  }

  /** Flips a bit of a file. */
  public static void flip(Path path, long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int b = file.read();
      file.seek(position);
      file.write(b ^ 1);
    }
  }

  /** Deletes a directory, if it is there. */
  public static void delete(Path dir) throws IOException {
    if (Files.exists(dir)) {
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
