package dev.keyling.persistence.leveldb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.journal.EventRecord;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a {@link Scribe} writes, so that whoever looks at a store afterwards knows what must be
 * there: event {@code g} is the next one of id {@code g % IDS}, and its content follows from {@code
 * g}; flush {@code n} of a group sets all its keys to {@code n}. As everything goes through one
 * log, what is stored must be all events up to some {@code g}, and none behind.
 */
final class Manuscript {

  static final int IDS = 8;
  static final int GROUPS = 2;
  private static final int KEYS = 5;

  /** Events of an id that are kept when it is trimmed. */
  static final int KEPT = 100;

  private Manuscript() {}

  /** Settings for a small store: several tables and compactions within a second of writing. */
  static LevelDbSettings settings(Path dir, long minFreeBytes) {
    return new LevelDbSettings(
        dir, "", 128, 256 << 10, 1 << 20, 128 << 10, 1 << 20, minFreeBytes, Duration.ofSeconds(1));
  }

  static String id(long g) {
    return "scribe-" + g % IDS;
  }

  static long sequenceNr(long g) {
    return g / IDS + 1;
  }

  /** Every other id is written with synchronization. */
  static Durability durability(long g) {
    return g % 2 == 0 ? Durability.DISK : Durability.OS;
  }

  static EventRecord event(long g) {
    SplittableRandom random = new SplittableRandom(g);
    byte[] value = new byte[12 + random.nextInt(random.nextInt(20) == 0 ? 9000 : 300)];
    for (int i = 12; i < value.length; i++) {
      value[i] = (byte) random.nextInt();
    }
    return new EventRecord(sequenceNr(g), value);
  }

  static GroupAddress group(int number) {
    return new GroupAddress("faults", "step", number);
  }

  static List<Row> rows(long n) {
    List<Row> rows = new ArrayList<>();
    for (byte key = 0; key < KEYS; key++) {
      byte[] entry = {Row.STATE, 's'};
      rows.add(new Row(new byte[] {key}, entry, n, bytes(n)));
    }
    return rows;
  }

  private static byte[] bytes(long n) {
    return ByteBuffer.allocate(Long.BYTES).putLong(n).array();
  }

  /** Returns how many events were ever stored: also the next {@code g}. */
  static long written(LevelDbStore store) {
    long written = 0;
    for (int i = 0; i < IDS; i++) {
      written += Stores.journal(store).readHighest(id(i));
    }
    return written;
  }

  /** Returns the newest flush of a group, 0 if there is none. */
  static long flushed(LevelDbStore store, int group) {
    return store.rows().mark(group(group)).map(Mark::id).orElse(0L);
  }

  /**
   * Checks that a store holds what was written up to some moment, in order, and nothing else.
   *
   * @return the number of events that are there
   */
  static long check(LevelDbStore store) {
    long written = written(store);
    long found = 0;
    for (int i = 0; i < IDS; i++) {
      int id = i;
      long highest = Stores.journal(store).readHighest(id(i));
      assertThat(highest)
          .as("%s: all events before event %d are there, and none behind", id(i), written)
          .isEqualTo((written - i + IDS - 1) / IDS);
      long[] last = new long[1];
      long[] count = new long[1];
      Stores.journal(store)
          .replay(
              id(i),
              1,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              (sequenceNr, body) -> {
                assertThat(last[0] == 0 || sequenceNr == last[0] + 1).isTrue();
                byte[] value = event((sequenceNr - 1) * IDS + id).value();
                assertThat(body.position(body.position() + 8))
                    .isEqualTo(ByteBuffer.wrap(value, 12, value.length - 12));
                last[0] = sequenceNr;
                count[0]++;
              });
      assertThat(last[0]).as(id(i)).isEqualTo(highest);
      assertThat(count[0]).as(id(i)).isGreaterThanOrEqualTo(Math.min(highest, KEPT));
      found += count[0];
    }
    for (int group = 0; group < GROUPS; group++) {
      checkRows(store, group);
    }
    return found;
  }

  private static void checkRows(LevelDbStore store, int group) {
    long n = flushed(store, group);
    List<byte[]> keys = rows(n).stream().map(Row::key).toList();
    for (List<StoredEntry> image : store.rows().read(group(group), keys, History.everything())) {
      if (n == 0) {
        assertThat(image).isEmpty();
      } else {
        assertThat(image).singleElement().extracting(StoredEntry::value).isEqualTo(bytes(n));
      }
    }
  }
}
