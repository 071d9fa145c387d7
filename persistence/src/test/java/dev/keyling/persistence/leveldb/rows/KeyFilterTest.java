package dev.keyling.persistence.leveldb.rows;

import static dev.keyling.persistence.leveldb.Stores.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.KeyFilter;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells keys that were never stored from those that were. */
class KeyFilterTest {

  private static final GroupAddress GROUP = new GroupAddress("fraud", "alerts", 17);
  private static final GroupKeys KEYS = new GroupKeys(GROUP);

  @TempDir Path dir;
  private LevelDbStore store;
  private long id;

  @BeforeEach
  void open() {
    store = Stores.open(dir);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void knowsEveryKeyThatWasStoredAndAlmostNoOther() {
    flush(put("old-", 0, 10_000));
    assertThat(found("old-", 10_000)).isEqualTo(10_000);
    assertThat(found("new-", 10_000)).isLessThan(100);
  }

  @Test
  void knowsNoKeyOfAGroupWithoutRows() {
    assertThat(found("old-", 1000)).isZero();
  }

  @Test
  void growsWithTheGroup() {
    for (int from = 0; from < 20_000; from += 500) {
      flush(put("old-", from, from + 500));
    }
    assertThat(found("old-", 20_000)).isEqualTo(20_000);
    assertThat(found("new-", 10_000)).isLessThan(100);
  }

  @Test
  void knowsAfterAReopeningWhatItKnewBefore() {
    flush(put("old-", 0, 3000));
    flush(put("old-", 3000, 3010));
    flush(put("old-", 3010, 3020));
    reopen();
    assertThat(found("old-", 3020)).isEqualTo(3020);
    assertThat(found("new-", 10_000)).isLessThan(100);
    flush(put("old-", 3020, 3030));
    reopen();
    assertThat(found("old-", 3030)).isEqualTo(3030);
  }

  @Test
  void isNotWrittenAsAWholeForAFewKeys() {
    flush(put("old-", 0, 10_000));
    flush(put("old-", 10_000, 10_001));
    assertThat(records()).containsExactly(filterBytes(20_000), Sealed.ROOM + 8);
    flush(put("old-", 0, 10_001));
    assertThat(records()).hasSize(2);
    for (int i = 1; i <= 2000; i++) {
      flush(put("old-", 10_000 + i, 10_001 + i));
    }
    assertThat(records().subList(1, records().size()).stream().mapToInt(Integer::intValue).sum())
        .isLessThan(filterBytes(20_000));
  }

  @Test
  void forgetsKeysThatAreGoneWhenTheyAreMany() {
    for (int round = 0; round < 50; round++) {
      List<Row> rows = put("round-" + round + "-", 0, 1000);
      if (round > 0) {
        rows.addAll(remove("round-" + (round - 1) + "-", 1000));
      }
      flush(rows);
    }
    assertThat(found("round-49-", 1000)).isEqualTo(1000);
    assertThat(found("round-9-", 1000)).isLessThan(20);
    assertThat(records().get(0)).isLessThanOrEqualTo(filterBytes(4000));
    flush(remove("round-49-", 1000));
    for (int i = 0; i < 10; i++) {
      flush(put("few-", 0, 500));
      flush(remove("few-", 500));
    }
    assertThat(records().get(0)).isLessThanOrEqualTo(filterBytes(1000));
  }

  @Test
  void letsEveryKeyPassInAStoreThatWasWrittenWithoutFiltersUntilTheFirstFlush() {
    flush(put("old-", 0, 1000));
    Stores.database(store).submit(new Changes().delete(KEYS.filter()), Durability.OS).join();
    reopen();
    assertThat(found("new-", 100)).isEqualTo(100);
    flush(put("old-", 1000, 1001));
    assertThat(found("old-", 1001)).isEqualTo(1001);
    assertThat(found("new-", 1000)).isLessThan(20);
    reopen();
    assertThat(found("old-", 1001)).isEqualTo(1001);
    assertThat(found("new-", 1000)).isLessThan(20);
  }

  @Test
  void isWrittenAsAWholeAfterAFlushThatFailed() {
    GroupFilter filter = GroupFilter.read(KEYS, Stores.database(store));
    filter.add(put("a", 0, 10), new Changes());
    Changes lost = new Changes();
    filter.add(put("b", 0, 1), lost);
    assertThat(lost.bytes()).isLessThan(100);
    filter.lost();
    Changes next = new Changes();
    filter.add(List.of(), next);
    Stores.database(store).submit(next, Durability.OS).join();
    assertThat(GroupFilter.read(KEYS, Stores.database(store)).mayContain(bytes("b0"))).isTrue();
    assertThat(GroupFilter.read(KEYS, Stores.database(store)).mayContain(bytes("c0"))).isFalse();
  }

  @Test
  void isRefusedWhenItIsDamaged() {
    flush(put("old-", 0, 1000));
    byte[] value = new byte[filterBytes(2000)];
    Stores.database(store).submit(new Changes().put(KEYS.filter(), value), Durability.OS).join();
    reopen();
    assertThatThrownBy(() -> store.rows().filter(GROUP))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged record");
  }

  @Test
  void neverDeniesAKeyWhateverComesAndGoes() {
    Random random = new Random(1);
    Set<String> stored = new HashSet<>();
    for (int step = 0; step < 400; step++) {
      List<Row> rows = new ArrayList<>();
      for (int i = random.nextInt(60); i >= 0; i--) {
        String key = "k" + random.nextInt(2000);
        boolean isRemoved = random.nextInt(3) == 0;
        rows.removeIf(row -> new String(row.key(), StandardCharsets.UTF_8).equals(key));
        rows.add(new Row(bytes(key), bytes("\1s"), id + 1, isRemoved ? null : bytes("v")));
        if (isRemoved) {
          stored.remove(key);
        } else {
          stored.add(key);
        }
      }
      flush(rows);
      if (random.nextInt(20) == 0) {
        reopen();
      }
      KeyFilter filter = store.rows().filter(GROUP);
      assertThat(stored).allMatch(key -> filter.mayContain(bytes(key)));
    }
  }

  @Test
  void hashesAndBitsAreWhatTheyWereWhenTheyWereFirstStored() {
    long hash = BlockedBloom.hash(bytes("suser1"));
    assertThat(hash).isEqualTo(0x87feee5d353a1f8cL);
    assertThat(BlockedBloom.hash(bytes("a key of more than eight bytes")))
        .isEqualTo(0xa7ed2be572008f39L);
    BlockedBloom bloom = BlockedBloom.withRoomFor(0);
    bloom.add(hash);
    ByteBuffer body = ByteBuffer.allocate(bloom.bytes());
    bloom.write(body);
    List<Integer> bits = new ArrayList<>();
    for (int word = 0; word < 24; word++) {
      for (int bit = 0; bit < 64; bit++) {
        if ((body.getLong(4 + 8 * word) & 1L << bit) != 0) {
          bits.add(64 * word + bit);
        }
      }
    }
    assertThat(body.getInt(0)).isEqualTo(128);
    assertThat(bits).containsExactly(589, 687, 764, 939, 979, 982, 1004);
  }

  private void reopen() {
    store.close();
    store = Stores.open(dir);
  }

  private void flush(List<Row> rows) {
    id++;
    store
        .rows()
        .flush(GROUP, rows, new Mark(id, id), id, History.everything())
        .toCompletableFuture()
        .join();
  }

  private List<Row> put(String name, int from, int to) {
    return rows(IntStream.range(from, to).mapToObj(i -> name + i), bytes("v"));
  }

  private List<Row> remove(String name, int to) {
    return rows(IntStream.range(0, to).mapToObj(i -> name + i), null);
  }

  private List<Row> rows(Stream<String> keys, byte @org.jspecify.annotations.Nullable [] value) {
    List<Row> rows = new ArrayList<>();
    keys.forEach(key -> rows.add(new Row(bytes(key), bytes("\1s"), id + 1, value)));
    return rows;
  }

  private long found(String name, int to) {
    KeyFilter filter = store.rows().filter(GROUP);
    return IntStream.range(0, to).filter(i -> filter.mayContain(bytes(name + i))).count();
  }

  /** Returns the sizes of the values that the filter is stored in. */
  private List<Integer> records() {
    List<Integer> sizes = new ArrayList<>();
    try (Cursor cursor = Stores.database(store).cursor(false)) {
      for (cursor.seek(KEYS.filter()); cursor.isIn(KEYS.filter()); cursor.next()) {
        sizes.add(cursor.size() - cursor.key().length);
      }
    }
    return sizes;
  }

  private static int filterBytes(int capacity) {
    return Sealed.ROOM + Integer.BYTES + BlockedBloom.withRoomFor(capacity).bytes();
  }
}
