package dev.keyling.persistence.leveldb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opens stores for tests and remembers what they reported. */
final class Stores {

  static final List<String> REPORTS = new ArrayList<>();

  private Stores() {}

  static LevelDbStore open(Path dir) {
    REPORTS.clear();
    return LevelDbStore.open(LevelDbSettings.of(dir, "fraud", 128), REPORTS::add);
  }

  /** Returns the raw keys that start with this byte. */
  static List<byte[]> keys(LevelDbStore store, byte tag) {
    byte[] prefix = {tag};
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = store.cursor(false)) {
      for (cursor.seek(prefix); cursor.isIn(prefix); cursor.next()) {
        keys.add(cursor.key());
      }
    }
    return keys;
  }

  static EventRecord event(long sequenceNr, int bytes) {
    byte[] value = new byte[12 + bytes];
    Arrays.fill(value, 12, value.length, (byte) sequenceNr);
    return new EventRecord(sequenceNr, value);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
