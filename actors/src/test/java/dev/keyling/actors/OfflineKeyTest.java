package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.Ledger.Order;
import dev.keyling.actors.Ledger.What;
import dev.keyling.kernel.EntryText;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Segment;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a closed store says of a key, with its commits in the journal and with them in rows. */
class OfflineKeyTest {
  private static final GroupAddress ADDRESS = new GroupAddress("flow", "step", 0);
  private static final String TO_ROWS_AT_ONCE = "1 B";
  private static final String STAYS_IN_THE_JOURNAL = "1 GiB";

  @TempDir private Path dir;

  private GroupDriver start(String flushSize) {
    return new GroupDriver(
        dir, InstantSource.system(), Ledger::new, "keyling.actors.flush-size", flushSize);
  }

  /** Completes a checkpoint; where commits become rows at once, waits until they are. */
  private static long checkpoint(GroupDriver group, String flushSize, Long... retained) {
    long id = group.seal();
    group.complete(id, retained);
    if (flushSize.equals(TO_ROWS_AT_ONCE)) {
      group.awaitAssert(() -> assertThat(group.rows().mark(ADDRESS).map(Mark::id)).hasValue(id));
    }
    return id;
  }

  private List<OfflineKey.Entry> held(String key, History history) {
    byte[] encoded = KeyCodec.<String>of(null, "step").encode(key);
    try (OfflineStore store = OfflineStore.open(dir)) {
      return OfflineKey.read(store, ADDRESS, encoded, history);
    }
  }

  private static List<String> inWords(List<OfflineKey.Entry> entries) {
    return entries.stream().map(OfflineKeyTest::inWords).toList();
  }

  private static String inWords(OfflineKey.Entry entry) {
    Map<String, Object> words = new EntryText(bytes -> bytes).read(entry.key(), entry.value());
    Object key = words.containsKey("key") ? " " + words.get("key") : "";
    String place = entry.inRows() ? "rows" : "journal";
    return "%s%s = %s in %s of %d"
        .formatted(words.get("state"), key, words.get("value"), place, entry.commit());
  }

  @ParameterizedTest
  @ValueSource(strings = {TO_ROWS_AT_ONCE, STAYS_IN_THE_JOURNAL})
  void whatWasRolledBackIsNotShown(String flushSize) {
    History history;
    long first;
    long rolledBack;
    try (GroupDriver group = start(flushSize)) {
      group.open();
      group.batch("a", Ledger.sum(1), "b", Ledger.sum(2));
      first = checkpoint(group, flushSize);
      group.batch("a", Ledger.sum(10), "gone", Ledger.sum(10), "b", new Order(What.CLEAR, 0));
      rolledBack = group.seal();
      group.open();
      history = History.of(group.segments);
    }
    assertThat(held("gone", History.everything())).hasSize(1);
    assertThat(history.contains(rolledBack)).isFalse();
    String place = flushSize.equals(TO_ROWS_AT_ONCE) ? "rows" : "journal";
    assertThat(inWords(held("a", history))).containsExactly("sum = 1 in " + place + " of " + first);
    assertThat(inWords(held("b", history))).containsExactly("sum = 2 in " + place + " of " + first);
    assertThat(held("gone", history)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {TO_ROWS_AT_ONCE, STAYS_IN_THE_JOURNAL})
  void theAttemptAfterARollbackGoesOnFromWhatCounts(String flushSize) {
    History history;
    try (GroupDriver group = start(flushSize)) {
      group.open();
      group.batch("a", Ledger.sum(1));
      checkpoint(group, flushSize);
      group.batch("a", Ledger.sum(10), "gone", Ledger.sum(10));
      group.seal();
      group.open();
      group.batch("a", Ledger.sum(100));
      checkpoint(group, flushSize);
      history = History.of(group.segments);
    }
    assertThat(inWords(held("a", history))).singleElement().asString().startsWith("sum = 101 in ");
    assertThat(held("gone", history)).isEmpty();
  }

  @Test
  void theJournalGoesOverTheRows() {
    long inRows;
    long inJournal;
    History history;
    try (GroupDriver group = start(TO_ROWS_AT_ONCE)) {
      group.open();
      group.batch("a", put(1), "a", put(2), "a", put(3), "a", Ledger.sum(5), "b", put(1));
      inRows = checkpoint(group, TO_ROWS_AT_ONCE);
    }
    try (GroupDriver group = start(STAYS_IN_THE_JOURNAL)) {
      group.valid(new Segment(1, 0, inRows));
      group.open();
      group.batch("a", remove(2), "a", put(4), "a", Ledger.sum(6), "b", remove(1));
      inJournal = checkpoint(group, STAYS_IN_THE_JOURNAL);
      history = History.of(group.segments);
    }
    assertThat(inWords(held("a", history)))
        .containsExactlyInAnyOrder(
            "sum = 11 in journal of " + inJournal,
            "map 1 = v1 in rows of " + inRows,
            "map 3 = v3 in rows of " + inRows,
            "map 4 = v4 in journal of " + inJournal);
    assertThat(held("b", history)).isEmpty();
  }

  @Test
  void whatWasRemovedIsNotShownOnceItIsInRows() {
    History history;
    try (GroupDriver group = start(TO_ROWS_AT_ONCE)) {
      group.open();
      group.batch("a", put(1), "a", put(2), "b", put(1));
      checkpoint(group, TO_ROWS_AT_ONCE);
      group.batch("a", remove(2), "b", remove(1));
      checkpoint(group, TO_ROWS_AT_ONCE);
      history = History.of(group.segments);
    }
    assertThat(inWords(held("a", history))).singleElement().asString().startsWith("map 1 = v1");
    assertThat(held("b", history)).isEmpty();
  }

  @Test
  void anEarlierCheckpointIsReadAsLongAsTheRowsAreNotNewer() {
    long first;
    long second;
    long third;
    List<History> histories = new ArrayList<>();
    try (GroupDriver group = start(TO_ROWS_AT_ONCE)) {
      group.open();
      group.batch("a", Ledger.sum(1));
      first = checkpoint(group, TO_ROWS_AT_ONCE);
      histories.add(History.of(group.segments));
    }
    try (GroupDriver group = start(STAYS_IN_THE_JOURNAL)) {
      group.valid(new Segment(1, 0, first));
      group.open();
      group.batch("a", Ledger.sum(10));
      second = checkpoint(group, STAYS_IN_THE_JOURNAL);
      histories.add(History.of(group.segments));
      group.batch("a", Ledger.sum(100));
      third = checkpoint(group, STAYS_IN_THE_JOURNAL);
      histories.add(History.of(group.segments));
    }
    assertThat(inWords(held("a", histories.get(0)))).containsExactly("sum = 1 in rows of " + first);
    assertThat(inWords(held("a", histories.get(1))))
        .containsExactly("sum = 11 in journal of " + second);
    assertThat(inWords(held("a", histories.get(2))))
        .containsExactly("sum = 111 in journal of " + third);
  }

  @Test
  void aCheckpointThatIsRetainedIsReadAlsoFromRowsThatAreNewer() {
    long first;
    long second;
    try (GroupDriver group = start(TO_ROWS_AT_ONCE)) {
      group.open();
      group.batch("a", Ledger.sum(1), "gone", Ledger.sum(1), "quiet", Ledger.sum(1));
      first = checkpoint(group, TO_ROWS_AT_ONCE);
      group.batch("a", Ledger.sum(10), "gone", new Order(What.CLEAR, 0));
      second = checkpoint(group, TO_ROWS_AT_ONCE, first);
    }
    History early = History.of(List.of(new Segment(1, 0, first)));
    for (String key : List.of("a", "gone", "quiet")) {
      assertThat(inWords(held(key, early))).containsExactly("sum = 1 in rows of " + first);
    }
    History late = History.of(List.of(new Segment(1, 0, second)));
    assertThat(inWords(held("a", late))).containsExactly("sum = 11 in rows of " + second);
    assertThat(inWords(held("quiet", late))).containsExactly("sum = 1 in rows of " + first);
    assertThat(held("gone", late)).isEmpty();
  }

  private static Order put(long number) {
    return new Order(What.PUT, number);
  }

  private static Order remove(long number) {
    return new Order(What.REMOVE, number);
  }
}
