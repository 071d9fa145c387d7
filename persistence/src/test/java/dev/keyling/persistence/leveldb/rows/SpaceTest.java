package dev.keyling.persistence.leveldb.rows;

import static dev.keyling.persistence.leveldb.Stores.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.journal.EventRecord;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left on the disk, while the store runs, of keys that came and went. */
class SpaceTest {

  private static final int GROUPS = 16;
  private static final int FLUSHED_AT_ONCE = 1000;

  /** The log of what was written last, and deletions that are too few to be worth a merge. */
  private static final long SLACK = 8 << 20;

  @TempDir Path dir;
  private LevelDbStore store;
  private long id;

  @Test
  void fortyThousandKeysThatExpiredLeaveLittle() {
    liveAndExpire(40_000);
  }

  @Test
  @Tag("stress")
  void aMillionKeysThatExpiredLeaveLittle() {
    liveAndExpire(1_000_000);
  }

  /** Of all keys a tenth stays; in the end that goes as well. */
  private void liveAndExpire(int keys) {
    store = open();
    try {
      for (int from = 0; from < keys; from += FLUSHED_AT_ONCE * GROUPS) {
        come(from, Math.min(keys, from + FLUSHED_AT_ONCE * GROUPS));
      }
      go(keys / 10, keys);
      long live = keys / 10 * bytesPerKey();
      awaitSize(2 * live + SLACK);
      go(0, keys / 10);
      awaitSize(SLACK);
    } finally {
      store.close();
    }
  }

  private LevelDbStore open() {
    Map<String, Object> settings =
        Map.of(
            "keyling.persistence.leveldb.dir",
            dir.toString(),
            "keyling.persistence.leveldb.compact-after",
            "100ms");
    return LevelDbStore.open(
        LevelDbSettings.from(ConfigFactory.parseMap(settings).withFallback(ConfigFactory.load())),
        report -> {});
  }

  /** Keys in this range get a state and a timer each, by way of the journal. */
  private void come(int from, int to) {
    id++;
    write(from, to, true);
  }

  private void go(int from, int to) {
    for (int at = from; at < to; at += FLUSHED_AT_ONCE * GROUPS) {
      id++;
      write(at, Math.min(to, at + FLUSHED_AT_ONCE * GROUPS), false);
    }
  }

  private void write(int from, int to, boolean isThere) {
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      GroupAddress address = new GroupAddress("space", "step", group);
      List<Row> rows = new ArrayList<>();
      for (int key = from + group; key < to; key += GROUPS) {
        byte[] name = bytes("key-" + key);
        rows.add(new Row(name, bytes("\1state"), id, isThere ? value(key) : null));
        rows.add(new Row(name, timer(key), id, isThere ? new byte[1] : null));
      }
      String journal = address.persistenceId();
      EventRecord event = Stores.event(id, rows.size() * (isThere ? 140 : 40));
      writes.add(
          Stores.journal(store)
              .append(journal, List.of(event), Durability.OS)
              .thenCompose(
                  done ->
                      store.rows().flush(address, rows, new Mark(id, id), id, History.everything()))
              .thenCompose(done -> Stores.journal(store).deleteTo(journal, id)));
    }
    writes.forEach(CompletableFuture::join);
  }

  private static byte[] value(int key) {
    ByteBuffer value = ByteBuffer.allocate(100);
    for (long noise = key; value.remaining() >= Long.BYTES; ) {
      noise = noise * 0x9E3779B97F4A7C15L + 1;
      value.putLong(noise);
    }
    return value.array();
  }

  private static byte[] timer(int key) {
    return ByteBuffer.allocate(10).put(Row.TIMER).put((byte) 1).putLong(key).array();
  }

  /** Returns what the row, the timer and its entry in the index take, with their seals. */
  private static long bytesPerKey() {
    GroupKeys group = new GroupKeys(new GroupAddress("space", "step", 0));
    byte[] key = bytes("key-123456");
    byte[] timer = group.versionsOf(key, timer(1));
    return group.versionsOf(key, bytes("\1state")).length
        + timer.length
        + Objects.requireNonNull(group.timerVersions(timer)).length
        + 3 * GroupKeys.VERSION
        + 3 * (Sealed.ROOM + 1)
        + 101;
  }

  private void awaitSize(long bytes) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (size() > bytes && System.nanoTime() < deadline) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(size()).isLessThanOrEqualTo(bytes);
  }

  private long size() {
    return sizeOf(dir.toFile());
  }

  /** Returns 0 for what LevelDB has removed meanwhile. */
  private static long sizeOf(File file) {
    File[] files = file.listFiles();
    return files == null ? file.length() : Stream.of(files).mapToLong(SpaceTest::sizeOf).sum();
  }
}
