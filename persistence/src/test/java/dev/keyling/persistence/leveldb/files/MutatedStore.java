package dev.keyling.persistence.leveldb.files;

import com.typesafe.config.ConfigFactory;
import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.journal.EventRecord;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The stores whose files are mutated. Two of one shape are written by the same calls with other
 * values, so that their files fit each other as well as they can.
 */
public enum MutatedStore {
  /** Little, in one log. */
  ONLY_LOG {
    @Override
    void write(LevelDbStore store, Random values, Runnable halfway) {
      events(store, "log", 1, 60, values);
      halfway.run();
      events(store, "log", 61, 120, values);
    }
  },
  /** Events, enough for tables of several levels. */
  TABLES {
    @Override
    void write(LevelDbStore store, Random values, Runnable halfway) {
      events(store, "a", 1, 500, values);
      halfway.run();
      events(store, "b", 1, 500, values);
    }
  },
  /** Journals, rows in several versions, timers, marks. */
  EVERYTHING {
    @Override
    void write(LevelDbStore store, Random values, Runnable halfway) {
      for (int id = 1; id <= 6; id++) {
        events(store, "keyling|flow|step|1", 1 + 20 * (id - 1), 20 * id, values);
        rows(store, id, values);
        if (id == 3) {
          halfway.run();
        }
      }
    }
  },
  /** Most of what was written is deleted. */
  DELETED {
    @Override
    void write(LevelDbStore store, Random values, Runnable halfway) {
      events(store, "gone", 1, 400, values);
      halfway.run();
      Stores.journal(store).deleteTo("gone", 380).join();
      for (int id = 1; id <= 4; id++) {
        rows(store, id, values);
      }
      events(store, "gone", 401, 500, values);
      Stores.journal(store).deleteTo("gone", 450).join();
    }
  };

  private static final int EVENT = 400;
  private static final int EVENT_HEADER = 31;

  /** LevelDB's smallest write buffer, so that little makes many tables. */
  public static LevelDbSettings settings(Path dir) {
    Map<String, Object> given =
        Map.of("dir", dir.toString(), "key-groups", 8, "write-buffer", "64 KiB", "cache", "1 MiB");
    return LevelDbSettings.from(
        ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb", given))
            .withFallback(ConfigFactory.defaultReference()));
  }

  /** Returns the largest table of a closed store; others may lie about that nobody needs. */
  public static Path largestTable(Path dir) throws IOException {
    return Manifest.check(dir.resolve("db"), Damage.Sink.REFUSE).tables().stream()
        .max(Comparator.comparingLong(Manifest.Table::size))
        .orElseThrow()
        .path();
  }

  abstract void write(LevelDbStore store, Random values, Runnable halfway);

  /**
   * Makes a store in {@code dir/store} as a crash leaves it, and in {@code dir/old} as it was
   * before. What its last event is has not been synchronized.
   */
  public void make(Path dir, long seed) {
    Path live = dir.resolve("live");
    try (LevelDbStore store = LevelDbStore.open(settings(live), line -> {})) {
      write(store, new Random(seed), () -> copy(live, dir.resolve("old")));
    }
    try (LevelDbStore store = LevelDbStore.open(settings(live), line -> {})) {
      events(store, "end", 1, 40, new Random(seed));
      EventRecord unsynced = event(41, new Random(seed));
      Stores.journal(store).append("end", List.of(unsynced), Durability.OS).join();
      copyWhileQuiet(live, dir.resolve("store"));
    }
  }

  static void events(LevelDbStore store, String id, long from, long to, Random values) {
    for (long n = from; n <= to; n += 10) {
      List<EventRecord> events = new ArrayList<>();
      for (long each = n; each < n + 10; each++) {
        events.add(event(each, values));
      }
      Stores.journal(store).append(id, events, Durability.DISK).join();
    }
  }

  /** An event of random bytes, without manifests. */
  private static EventRecord event(long sequenceNr, Random values) {
    byte[] bytes = new byte[EVENT];
    values.nextBytes(bytes);
    ByteBuffer value = ByteBuffer.allocate(EVENT_HEADER + EVENT);
    value.put(Sealed.ROOM + Long.BYTES, (byte) 1).position(EVENT_HEADER).put(bytes);
    return new EventRecord(sequenceNr, value.array());
  }

  private static void rows(LevelDbStore store, long id, Random values) {
    for (int group = 0; group < 4; group++) {
      List<Row> rows = new ArrayList<>();
      for (int key = 0; key < 40; key++) {
        byte[] value = new byte[60];
        values.nextBytes(value);
        boolean removed = (key + id) % 5 == 0;
        rows.add(new Row(Stores.bytes("key" + key), new byte[] {1, 9}, id, removed ? null : value));
        rows.add(new Row(Stores.bytes("key" + key), timer(key), id, removed ? null : new byte[1]));
      }
      store
          .rows()
          .flush(
              new GroupAddress("flow", "step", group),
              rows,
              new Mark(id, id),
              id - 2,
              History.everything())
          .toCompletableFuture()
          .join();
    }
  }

  private static byte[] timer(int key) {
    return ByteBuffer.allocate(10)
        .put(Row.TIMER)
        .put((byte) 0)
        .putLong(key ^ Long.MIN_VALUE)
        .array();
  }

  /** Compactions go on in the background: only a copy in which all files fit is one of a crash. */
  private static void copyWhileQuiet(Path from, Path to) {
    for (int attempt = 0; ; attempt++) {
      try {
        Stores.delete(to);
        copy(from, to);
        StoreFiles.check(to, StoreIdentity.read(to), Damage.Sink.REFUSE);
        return;
      } catch (StoreException | IOException e) {
        if (attempt == 1000) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Copies the files of a store, replacing what is there. */
  static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused)
                throws IOException {
              Files.createDirectories(to.resolve(from.relativize(directory).toString()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
                throws IOException {
              copyIfThere(file, to.resolve(from.relativize(file).toString()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
              if (gone instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // a compaction has done with it
              }
              throw gone;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyIfThere(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      // a compaction has done with it
    }
  }
}
