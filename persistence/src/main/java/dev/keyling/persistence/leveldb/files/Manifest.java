package dev.keyling.persistence.leveldb.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What LevelDB's manifest says must be there: the table files with their sizes, and the oldest log
 * that is not in tables yet.
 */
final class Manifest {

  /**
   * A table that belongs to the database.
   *
   * @param smallest its first key
   * @param largest its last key
   */
  record Table(int level, Path path, long size, InternalKey smallest, InternalKey largest) {}

  private final Path db;
  private final Map<Long, Table> tables = new TreeMap<>();
  private long oldestLog;
  private @Nullable TornTail torn;

  private Manifest(Path db) {
    this.db = db;
  }

  /**
   * Reads the manifest of a database and checks that what it names is there.
   *
   * @param damage gets files that are missing or cut, which are left out then
   * @throws dev.keyling.persistence.StoreException if the manifest itself is damaged
   */
  static Manifest check(Path db, Damage.Sink damage) throws IOException {
    Path current = db.resolve("CURRENT");
    String name = Files.readString(current, StandardCharsets.ISO_8859_1);
    if (!name.matches("MANIFEST-\\d{1,18}\n")) {
      throw Damage.in(current, "it names no manifest");
    }
    Path path = db.resolve(name.strip());
    if (!Files.isRegularFile(path)) {
      throw Damage.in(path, "missing");
    }
    LogFile.Content content = LogFile.read(path);
    if (content.later()) {
      throw Damage.in(path, "unreadable at byte " + content.damage());
    }
    Manifest manifest = new Manifest(db);
    if (content.damage() != null) {
      manifest.torn = new TornTail(path, content.end());
    }
    try {
      content.entries().forEach(entry -> manifest.edit(entry.bytes()));
    } catch (RuntimeException e) {
      throw Damage.in(path, "not understood (" + e.getMessage() + ")");
    }
    manifest.checkFiles(damage);
    return manifest;
  }

  /** Returns the torn tail of the manifest itself, null if there is none. */
  @Nullable TornTail torn() {
    return torn;
  }

  /** Returns the number of the oldest log that is not in tables yet. */
  long oldestLog() {
    return oldestLog;
  }

  /** Returns the tables that are there, oldest first. */
  List<Table> tables() {
    return List.copyOf(tables.values());
  }

  private void checkFiles(Damage.Sink damage) throws IOException {
    for (Table table : List.copyOf(tables.values())) {
      Path path = table.path();
      if (!Files.isRegularFile(path) || Files.size(path) != table.size()) {
        damage.found(Damage.in(path, "missing, or not " + table.size() + " bytes long"));
        tables.values().remove(table);
      }
    }
    Path log = db.resolve("%06d.log".formatted(oldestLog));
    if (!Files.isRegularFile(log)) {
      damage.found(Damage.in(log, "missing"));
    }
  }

  private Table table(int level, long number, ByteBuffer in) {
    Path path = db.resolve("%06d.sst".formatted(number));
    if (!Files.exists(path)) {
      path = db.resolve("%06d.ldb".formatted(number));
    }
    return new Table(level, path, LogBatch.varlong(in), key(in), key(in));
  }

  private static InternalKey key(ByteBuffer in) {
    byte[] bytes = new byte[LogBatch.varint(in)];
    in.get(bytes);
    return InternalKey.of(bytes);
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
          int level = LogBatch.varint(in);
          long number = LogBatch.varlong(in);
          tables.put(number, table(level, number, in));
        }
        default -> throw new IllegalStateException("field " + tag);
      }
    }
  }

  private static void skip(ByteBuffer in, int length) {
    in.position(in.position() + length);
  }
}
