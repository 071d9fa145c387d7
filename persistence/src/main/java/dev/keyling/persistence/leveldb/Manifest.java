package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What LevelDB's manifest says must be there: the table files with their sizes, and the oldest log
 * that is not in tables yet.
 */
final class Manifest {

  private final Map<Long, Long> tables = new HashMap<>();
  private long oldestLog;

  private Manifest() {}

  /**
   * Reads the manifest of a database and checks that what it names is there.
   *
   * @throws StoreException if the manifest is damaged or a file is missing or cut
   */
  static Manifest check(Path db) throws IOException {
    String name = Files.readString(db.resolve("CURRENT"), StandardCharsets.ISO_8859_1).strip();
    Path path = db.resolve(name);
    if (!name.matches("MANIFEST-\\d+") || !Files.isRegularFile(path)) {
      throw damaged(path, "CURRENT names no manifest");
    }
    LogFile.Content content = LogFile.read(path);
    if (content.later()) {
      throw damaged(path, "unreadable at byte " + content.damage());
    }
    Manifest manifest = new Manifest();
    try {
      content.entries().forEach(entry -> manifest.edit(entry.bytes()));
    } catch (RuntimeException e) {
      throw damaged(path, "not understood (" + e.getMessage() + ")");
    }
    manifest.checkFiles(db);
    return manifest;
  }

  /** Returns the number of the oldest log that is not in tables yet. */
  long oldestLog() {
    return oldestLog;
  }

  private void checkFiles(Path db) throws IOException {
    for (Map.Entry<Long, Long> table : tables.entrySet()) {
      Path path = db.resolve("%06d.sst".formatted(table.getKey()));
      if (!Files.isRegularFile(path)) {
        path = db.resolve("%06d.ldb".formatted(table.getKey()));
      }
      if (!Files.isRegularFile(path) || Files.size(path) != table.getValue()) {
        throw damaged(path, "missing, or not " + table.getValue() + " bytes long");
      }
    }
    Path log = db.resolve("%06d.log".formatted(oldestLog));
    if (!Files.isRegularFile(log)) {
      throw damaged(log, "missing");
    }
  }

  /** Applies one version edit: tagged fields. */
  private void edit(ByteBuffer in) {
    while (in.hasRemaining()) {
      int tag = LogBatch.varint(in);
      switch (tag) {
        case 1 -> skip(in, LogBatch.varint(in)); // comparator
        case 2 -> oldestLog = LogBatch.varlong(in);
        case 3, 4, 9 -> LogBatch.varlong(in); // next file, last sequence, previous log (unused)
        case 5 -> { // compaction pointer
          LogBatch.varint(in);
          skip(in, LogBatch.varint(in));
        }
        case 6 -> { // deleted file
          LogBatch.varint(in);
          tables.remove(LogBatch.varlong(in));
        }
        case 7 -> { // new file
          LogBatch.varint(in);
          tables.put(LogBatch.varlong(in), LogBatch.varlong(in));
          skip(in, LogBatch.varint(in));
          skip(in, LogBatch.varint(in));
        }
        default -> throw new IllegalStateException("field " + tag);
      }
    }
  }

  private static void skip(ByteBuffer in, int length) {
    in.position(in.position() + length);
  }

  private static StoreException damaged(Path path, String what) {
    return new StoreException(
        "damaged store: " + path + ": " + what + "; restore the directory from a copy");
  }
}
