package dev.keyling.actors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.actors.Ledger.Order;
import dev.keyling.actors.Ledger.What;
import dev.keyling.kernel.EntryText;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.leveldb.LevelDbReadJournal;
import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a closed store still knows of the commits that changed a key. */
class OfflineHistoryTest {
  private static final GroupAddress ADDRESS = new GroupAddress("flow", "step", 0);

  @TempDir private Path dir;

  private GroupDriver start(String flushSize) {
    return new GroupDriver(
        dir, InstantSource.system(), Ledger::new, "keyling.actors.flush-size", flushSize);
  }

  private OfflineHistory of(String key, History history) {
    byte[] encoded = KeyCodec.<String>of(null, "step").encode(key);
    try (OfflineStore store = OfflineStore.open(dir)) {
      return OfflineHistory.read(store, ADDRESS, encoded, history);
    }
  }

  private static List<String> inWords(OfflineHistory history) {
    return history.commits().stream().map(OfflineHistoryTest::inWords).toList();
  }

  private static String inWords(OfflineHistory.Commit commit) {
    StringBuilder words = new StringBuilder(commit.id() + (commit.inJournal() ? "" : " in rows"));
    EntryText text = new EntryText(bytes -> bytes);
    for (OfflineHistory.Change change : commit.changes()) {
      byte[] value = change.value();
      words.append(": ").append(change.entry()).append(" = ");
      words.append(value == null ? "gone" : text.read(change.entry(), value).get("value"));
    }
    return words.toString();
  }

  @Test
  void inTheJournalIsEveryCommitThatCounts() {
    long set;
    long rolledBack;
    long cleared;
    History history;
    try (GroupDriver group = start("1 GiB")) {
      group.open();
      group.batch("a", Ledger.sum(1), "b", Ledger.sum(5));
      set = group.seal();
      group.complete(set);
      group.batch("a", Ledger.sum(10));
      rolledBack = group.seal();
      group.open();
      group.batch("b", Ledger.sum(1));
      group.complete(group.seal());
      group.batch("a", new Order(What.CLEAR, 0));
      cleared = group.seal();
      group.complete(cleared);
      history = History.of(group.segments);
    }
    assertThat(history.contains(rolledBack)).isFalse();
    OfflineHistory life = of("a", history);
    assertThat(inWords(life))
        .containsExactly(set + ": state sum = 1", cleared + ": state sum = gone");
    assertThat(life.completeAfter()).isNull();
    assertThat(inWords(of("nobody", history))).isEmpty();
  }

  @Test
  void inRowsIsWhatWasNotSuperseded() {
    long first;
    long second;
    History history;
    try (GroupDriver group = start("1 B")) {
      group.open();
      group.batch("a", Ledger.sum(1), "quiet", Ledger.sum(2));
      first = toRows(group);
      group.batch("a", Ledger.sum(10));
      second = toRows(group);
      history = History.of(group.segments);
    }
    assertThat(inWords(of("a", history))).containsExactly(second + " in rows: state sum = 11");
    assertThat(inWords(of("quiet", history))).containsExactly(first + " in rows: state sum = 2");
    assertThat(of("a", history).completeAfter()).isEqualTo(second);
  }

  /** Waits until it is in rows, and in the journal no more. */
  private static long toRows(GroupDriver group) {
    long id = group.seal();
    group.complete(id);
    group.awaitAssert(() -> assertThat(group.rows().mark(ADDRESS).map(Mark::id)).hasValue(id));
    group.awaitAssert(() -> assertThat(journal(group)).isEmpty());
    return id;
  }

  private static List<EventEnvelope> journal(GroupDriver group) {
    return PersistenceQuery.get(group.system())
        .getReadJournalFor(LevelDbReadJournal.class, LevelDbReadJournal.ID)
        .currentEventsByPersistenceId(ADDRESS.persistenceId(), 0, Long.MAX_VALUE)
        .runWith(Sink.seq(), group.system())
        .toCompletableFuture()
        .join();
  }
}
