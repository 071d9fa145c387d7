package dev.keyling.persistence.leveldb.journal;

import static dev.keyling.persistence.leveldb.Stores.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.StoreCounts;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Tag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {

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
  void refusesASecondWriteOfASequenceNumber() {
    append("a", 1, 2, 3);
    assertThatThrownBy(() -> append("a", 3)).hasCauseInstanceOf(StoreException.class);
    assertThatThrownBy(() -> append("a", 1)).hasMessageContaining("another writer is alive");
    reopen();
    assertThatThrownBy(() -> append("a", 3)).hasMessageContaining("another writer is alive");
    append("a", 4);
    assertThat(replay("a")).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void refusesAGap() {
    append("a", 1);
    assertThatThrownBy(() -> append("a", 3)).hasMessageContaining("gap");
    assertThatThrownBy(() -> append("b", 2)).hasMessageContaining("gap");
    append("a", 2);
  }

  @Test
  void letsARejectedEventUseUpItsNumber() {
    append("a", 1);
    Stores.journal(store).append("a", List.of(new EventRecord(2, null)), Durability.OS).join();
    append("a", 3);
    assertThat(replay("a")).containsExactly(1L, 3L);
  }

  @Test
  void letsTheNextLifeReuseTheNumberOfARejectedLastEvent() {
    append("a", 1);
    Stores.journal(store).append("a", List.of(new EventRecord(2, null)), Durability.OS).join();
    assertThat(Stores.journal(store).readHighest("a")).isEqualTo(1);
    append("a", 2);
    assertThat(replay("a")).containsExactly(1L, 2L);
  }

  @Test
  void keepsTheHighestSequenceNumberWhateverIsDeleted() {
    append("a", LongStream.rangeClosed(1, 2500).toArray());
    delete("a", 10);
    assertThat(replay("a")).first().isEqualTo(11L);
    delete("a", Long.MAX_VALUE);
    assertThat(Stores.journal(store).readHighest("a")).isEqualTo(2500);
    delete("a", Long.MAX_VALUE);
    delete("a", 5);
    assertThat(Stores.journal(store).readHighest("a")).isEqualTo(2500);
    assertThat(Stores.keys(store, Tag.EVENT)).isEmpty();
    reopen();
    assertThat(Stores.journal(store).readHighest("a")).isEqualTo(2500);
    assertThat(replay("a")).isEmpty();
    append("a", 2501);
    assertThat(replay("a")).containsExactly(2501L);
    delete("a", 2501);
    assertThat(Stores.journal(store).readHighest("a")).isEqualTo(2501);
  }

  @Test
  void finishesAPurgeThatACrashInterrupted() {
    append("a", 1, 2, 3);
    JournalKeys keys = new JournalKeys("a");
    Changes floor = new Changes().put(keys.floor(), new Floor(3, 2, 0).toValue(keys.floor()));
    Stores.database(store).submit(floor, Durability.OS).join();
    assertThat(replay("a")).containsExactly(3L);
    delete("a", 2);
    assertThat(Stores.keys(store, Tag.EVENT)).hasSize(1);
  }

  @Test
  void deletingWhatWasNeverWrittenDoesNothing() {
    delete("a", Long.MAX_VALUE);
    assertThat(Stores.journal(store).readHighest("a")).isZero();
    append("a", 1);
  }

  @Test
  void keepsIdsApartThatArePrefixesOfOneAnother() {
    List<String> ids =
        List.of("a", "a|1", "a|", "a\0", "a\u0001", "ключ", "ключ-🔑", "🔑".repeat(75));
    for (int i = 0; i < ids.size(); i++) {
      append(ids.get(i), LongStream.rangeClosed(1, i + 1).toArray());
    }
    delete("a", 1);
    for (int i = 1; i < ids.size(); i++) {
      assertThat(Stores.journal(store).readHighest(ids.get(i))).isEqualTo(i + 1);
      assertThat(replay(ids.get(i))).hasSize(i + 1);
    }
  }

  @Test
  void replaysARangeInPortions() {
    append("a", LongStream.rangeClosed(1, 2000).toArray());
    List<Long> seen = new ArrayList<>();
    Stores.journal(store).replay("a", 100, 1900, 1700, (n, body) -> seen.add(n));
    assertThat(seen).hasSize(1700).first().isEqualTo(100L);
    seen.clear();
    Stores.journal(store).replay("a", 1, Long.MAX_VALUE, 0, (n, body) -> seen.add(n));
    assertThat(seen).isEmpty();
  }

  @Test
  void refusesToReplayOverAMissingEvent() {
    append("a", 1, 2, 3);
    Stores.database(store)
        .submit(new Changes().delete(new JournalKeys("a").event(2)), Durability.OS)
        .join();
    assertThatThrownBy(() -> replay("a"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("misses event 2 before 3");
  }

  @Test
  void synchronizesOnlyWhatAsksForIt() {
    StoreCounts before = store.counts();
    append("a", 1);
    assertThat(store.counts().syncs()).isEqualTo(before.syncs());
    Stores.journal(store).append("a", List.of(event(2, 1)), Durability.DISK).join();
    assertThat(store.counts().syncs()).isEqualTo(before.syncs() + 1);
  }

  private void append(String id, long... numbers) {
    List<EventRecord> events = LongStream.of(numbers).mapToObj(n -> event(n, 10)).toList();
    Stores.journal(store).append(id, events, Durability.OS).join();
  }

  private void delete(String id, long to) {
    Stores.journal(store).deleteTo(id, to).join();
  }

  private List<Long> replay(String id) {
    List<Long> seen = new ArrayList<>();
    Stores.journal(store).replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE, (n, body) -> seen.add(n));
    return seen;
  }

  private void reopen() {
    store.close();
    store = Stores.open(dir);
  }
}
