package dev.keyling.persistence.leveldb.rows;

import static dev.keyling.persistence.leveldb.Stores.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.Segment;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelDbRowStoreTest {

  private static final GroupAddress GROUP = new GroupAddress("fraud", "alerts", 17);
  private static final History ALL = History.everything();

  @TempDir Path dir;
  private LevelDbStore store;

  @BeforeEach
  void open() {
    store = Stores.open(dir);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsTheNewestRowThatCountsInAHistory() {
    flush(10, 0, ALL, row("ann", "s", 10, "ten"));
    flush(20, 0, ALL, row("ann", "s", 20, "twenty"), row("ann", "t", 20, "new"));
    assertThat(image("ann", ALL)).containsExactly("s=twenty", "t=new");
    assertThat(image("ann", upTo(10))).containsExactly("s=ten");
    assertThat(image("ann", upTo(15))).containsExactly("s=ten");
    assertThat(image("ann", upTo(5))).isEmpty();
  }

  @Test
  void leavesTombstonesOut() {
    flush(10, 0, ALL, row("ann", "s", 10, "ten"), row("ann", "t", 10, "ten"));
    flush(20, 0, ALL, row("ann", "s", 20, null));
    assertThat(image("ann", ALL)).containsExactly("t=ten");
    assertThat(image("ann", upTo(10))).containsExactly("s=ten", "t=ten");
  }

  @Test
  void ignoresAndThenRemovesRowsOutsideOfTheHistory() {
    flush(10, 10, upTo(10), row("ann", "s", 10, "ten"));
    flush(20, 10, upTo(20), row("ann", "s", 20, "rolled back"), row("bob", "s", 20, "never was"));
    History now = History.of(List.of(new Segment(1, 0, 15), new Segment(2, 20, 30)));
    assertThat(image("ann", now)).containsExactly("s=ten");
    assertThat(image("bob", now)).isEmpty();
    flush(30, 30, now, row("carl", "s", 30, "thirty"));
    assertThat(keys(now)).containsExactly("ann", "carl");
    assertThat(rowsStored()).isEqualTo(2);
  }

  @Test
  void leavesRowsAloneThatAreNewerThanTheHistoryOfAZombie() {
    flush(40, 40, upTo(40), row("ann", "s", 40, "forty"), row("bob", "s", 40, "forty"));
    assertThatThrownBy(() -> flush(30, 30, upTo(30), row("ann", "s", 30, "thirty")))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreException.class)
        .hasMessageContaining("fraud/alerts/17");
    flush(40, 30, upTo(30), row("ann", "s", 30, "thirty"));
    assertThat(image("ann", upTo(40))).containsExactly("s=forty");
  }

  @Test
  void removesVersionsThatNobodyCanAskForAnyMore() {
    for (int id = 1; id <= 9; id++) {
      flush(id, Math.max(0, id - 2), ALL, row("ann", "s", id, "v" + id));
    }
    assertThat(rowsStored()).isEqualTo(3);
    assertThat(image("ann", upTo(7))).containsExactly("s=v7");
    flush(9, 9, ALL);
    assertThat(rowsStored()).isEqualTo(1);
    assertThat(image("ann", ALL)).containsExactly("s=v9");
  }

  @Test
  void leavesNothingButTheMarkAndTheFilterAfterEverythingWasRemoved() {
    flush(10, 0, ALL, row("ann", "s", 10, "ten"), timer("ann", 1, 500, 10, true));
    flush(20, 10, ALL, row("ann", "s", 20, null), timer("ann", 1, 500, 20, false));
    assertThat(keys(ALL)).isEmpty();
    flush(30, 20, ALL);
    assertThat(Stores.keys(store, Tag.GROUP)).hasSize(2);
  }

  @Test
  void readsKeysAPageAtATimeThoughRowsChangeBetweenThePages() {
    flush(10, 0, ALL, row("a", "s", 10, "1"), row("a\0", "s", 10, "1"), row("a\1", "s", 10, "1"));
    flush(20, 20, ALL, row("c", "s", 20, "1"), row("d", "s", 20, "1"));
    assertThat(keys(ALL, null, 2)).containsExactly("a", "a\0");
    flush(30, 30, ALL, row("a\1", "s", 30, null), row("b", "s", 30, "1"));
    assertThat(keys(ALL, "a\0", 2)).containsExactly("b", "c");
    assertThat(keys(ALL, "c", 2)).containsExactly("d");
    assertThat(keys(ALL, "d", 2)).isEmpty();
  }

  @Test
  void takesAKeyOfManyEntriesOnceAndOneWhoseEntriesAreAllRemovedNot() {
    flush(10, 0, ALL, row("other", "s", 10, "1"));
    for (int i = 0; i < 20; i++) {
      flush(10, 0, ALL, row("many", "s" + i, 10, "1"), row("none", "s" + i, 10, "1"));
    }
    for (int i = 0; i < 20; i++) {
      flush(20, 0, ALL, row("none", "s" + i, 20, null)); // the versions before stay
    }
    assertThat(keys(ALL)).containsExactly("many", "other");
    assertThat(keys(upTo(10), null, 2)).containsExactly("many", "none");
    assertThat(keys(ALL, "many", 1)).containsExactly("other");
  }

  @Test
  void storesNoTombstoneOfWhatWasNeverThere() {
    flush(10, 0, ALL, row("ann", "s", 10, null), timer("bob", 1, 5, 10, false));
    assertThat(Stores.keys(store, Tag.GROUP)).hasSize(2);
  }

  @Test
  void takesTheNewestOfSeveralVersionsInOneFlush() {
    flush(
        12, 12, ALL, row("ann", "s", 11, "b"), row("ann", "s", 12, "c"), row("ann", "s", 10, "a"));
    assertThat(image("ann", ALL)).containsExactly("s=c");
    assertThat(rowsStored()).isEqualTo(1);
    flush(12, 12, ALL, row("ann", "s", 12, null));
    assertThat(image("ann", ALL)).isEmpty();
    assertThat(rowsStored()).isZero();
  }

  @Test
  void visitsTimersInOrderOfDomainAndTime() {
    flush(
        10,
        0,
        ALL,
        timer("bob", 1, 500, 10, true),
        timer("ann", 2, -5, 10, true),
        timer("ann", 1, 700, 10, true),
        timer("carl", 1, -700, 10, true),
        timer("dora", 1, 500, 10, true));
    flush(20, 0, ALL, timer("bob", 1, 500, 20, false), timer("bob", 1, 800, 20, true));
    assertThat(timers(ALL))
        .containsExactly("carl 1 -700", "dora 1 500", "ann 1 700", "bob 1 800", "ann 2 -5");
    assertThat(timers(upTo(10)))
        .containsExactly("carl 1 -700", "bob 1 500", "dora 1 500", "ann 1 700", "ann 2 -5");
    assertThat(store.rows().read(GROUP, List.of(bytes("bob")), ALL).get(0)).hasSize(1);
  }

  @Test
  void keepsKeysApartThatArePrefixesOfOneAnother() {
    String[] keys = {"", "a", "a\0", "a\0\0", "a\1", "a\0b", "ab", "\0", "\0\1"};
    List<Row> rows = new ArrayList<>();
    for (String key : keys) {
      for (String entry : keys) {
        rows.add(row(key, entry, 10, key + "/" + entry));
      }
    }
    flush(10, 0, ALL, rows.toArray(Row[]::new));
    for (String key : keys) {
      assertThat(image(key, ALL)).hasSize(keys.length).allMatch(e -> e.contains("=" + key + "/"));
    }
    assertThat(keys(ALL))
        .containsExactly("", "\0", "\0\1", "a", "a\0", "a\0\0", "a\0b", "a\1", "ab");
  }

  @Test
  void readsManyKeysInTheOrderAsked() {
    flush(10, 0, ALL, row("a", "s", 10, "1"), row("c", "s", 10, "3"));
    List<List<StoredEntry>> images =
        store.rows().read(GROUP, List.of(bytes("c"), bytes("b"), bytes("a"), bytes("c")), ALL);
    assertThat(images).extracting(List::size).containsExactly(1, 0, 1, 1);
    assertThat(images.get(3).get(0).value()).isEqualTo(bytes("3"));
  }

  @Test
  void keepsGroupsApart() {
    GroupAddress other = new GroupAddress("fraud", "alerts", 1);
    store
        .rows()
        .flush(other, List.of(row("ann", "s", 1, "x")), new Mark(1, 1), 0, ALL)
        .toCompletableFuture()
        .join();
    assertThat(image("ann", ALL)).isEmpty();
    assertThat(store.rows().isEmpty(GROUP)).isTrue();
    assertThat(store.rows().isEmpty(other)).isFalse();
  }

  @Test
  void keepsRowsAndMarkTogetherOverAReopening() {
    assertThat(store.rows().mark(GROUP)).isEmpty();
    flush(10, 0, ALL, row("ann", "s", 10, "ten"));
    store.close();
    store = Stores.open(dir);
    assertThat(store.rows().mark(GROUP)).contains(new Mark(10, 100));
    assertThat(image("ann", ALL)).containsExactly("s=ten");
    assertThat(Stores.REPORTS).isEmpty();
  }

  @Test
  void flushesOfOneGroupSeeEachOther() {
    List<java.util.concurrent.CompletableFuture<Void>> flushes = new ArrayList<>();
    for (int id = 1; id <= 50; id++) {
      flushes.add(
          store
              .rows()
              .flush(GROUP, List.of(row("ann", "s", id, "v" + id)), new Mark(id, id), id, ALL)
              .toCompletableFuture());
    }
    flushes.forEach(java.util.concurrent.CompletableFuture::join);
    assertThat(rowsStored()).isEqualTo(1);
    assertThat(store.rows().mark(GROUP)).contains(new Mark(50, 50));
  }

  private void flush(long id, long oldestRetained, History history, Row... rows) {
    store
        .rows()
        .flush(GROUP, List.of(rows), new Mark(id, 10 * id), oldestRetained, history)
        .toCompletableFuture()
        .join();
  }

  private static Row row(String key, String entry, long id, @Nullable String value) {
    return new Row(bytes(key), bytes("\1" + entry), id, value == null ? null : bytes(value));
  }

  private static Row timer(String key, int domain, long time, long id, boolean isSet) {
    byte[] entry =
        ByteBuffer.allocate(10)
            .put(Row.TIMER)
            .put((byte) domain)
            .putLong(time ^ Long.MIN_VALUE)
            .array();
    return new Row(bytes(key), entry, id, isSet ? new byte[0] : null);
  }

  private static History upTo(long id) {
    return History.of(List.of(new Segment(1, 0, id)));
  }

  private List<String> image(String key, History history) {
    return store.rows().read(GROUP, List.of(bytes(key)), history).get(0).stream()
        .map(e -> text(e.entry()).substring(1) + "=" + text(e.value()))
        .toList();
  }

  private List<String> timers(History history) {
    List<String> timers = new ArrayList<>();
    store
        .rows()
        .timers(
            GROUP,
            history,
            (key, domain, time) -> timers.add(text(key) + " " + domain + " " + time));
    return timers;
  }

  private List<String> keys(History history) {
    return keys(history, null, Integer.MAX_VALUE);
  }

  private List<String> keys(History history, @Nullable String after, int limit) {
    byte[] behind = after == null ? null : bytes(after);
    return store.rows().keys(GROUP, history, behind, limit).stream()
        .map(LevelDbRowStoreTest::text)
        .toList();
  }

  private long rowsStored() {
    byte[] rows = new GroupKeys(GROUP).rows();
    return Stores.keys(store, Tag.GROUP).stream()
        .filter(k -> KeyReader.startsWith(k, rows))
        .count();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
