package dev.keyling.persistence.leveldb.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Plugins;
import dev.keyling.persistence.leveldb.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Pekko's own suite of journals does not ask. */
class StrictJournalTest {

  private static final Object WRITTEN = JournalProtocol.WriteMessagesSuccessful$.MODULE$;

  @TempDir Path dir;
  private Plugins plugins;

  @BeforeEach
  void start() {
    plugins = new Plugins(dir, "");
  }

  @AfterEach
  void stop() {
    plugins.close();
  }

  @Test
  void refusesAGapAndARepetitionWithoutATrace() {
    assertThat(plugins.write(Plugins.atomic("ann", 1, "a", "b"))).isEqualTo(WRITTEN);
    assertThat(failure(plugins.write(Plugins.atomic("ann", 4, "d")))).contains("gap", "ann");
    assertThat(failure(plugins.write(Plugins.atomic("ann", 2, "B", "C"))))
        .contains("another writer is alive", "event 2 of ann");
    assertThat(Plugins.replayed(plugins.replay("ann"))).containsExactly("a", "b", 2L);
    assertThat(plugins.write(Plugins.atomic("ann", 3, "c"))).isEqualTo(WRITTEN);
    plugins.restart();
    assertThat(Plugins.replayed(plugins.replay("ann"))).containsExactly("a", "b", "c", 3L);
  }

  @Test
  void goesOnForTheOthersWhenManyWritersHaveLostTheirPlace() {
    for (int i = 0; i < 50; i++) {
      assertThat(failure(plugins.write(Plugins.atomic("lost" + i, 7, "x")))).contains("gap");
    }
    assertThat(plugins.write(Plugins.atomic("ann", 1, "a"))).isEqualTo(WRITTEN);
  }

  @Test
  void letsTwoRecoverOneIdAtOnce() {
    Object[] events = IntStream.range(0, 3000).mapToObj(i -> "event " + i).toArray();
    plugins.write(Plugins.atomic("ann", 1, events));
    TestKit first = plugins.replay("ann");
    TestKit second = plugins.replay("ann");
    assertThat(Plugins.replayed(second)).startsWith(events).endsWith(3000L).hasSize(3001);
    assertThat(Plugins.replayed(first)).startsWith(events).endsWith(3000L).hasSize(3001);
  }

  @Test
  void leavesOutWhatIsDeletedWhileItIsReplayed() {
    Object[] events = IntStream.range(0, 1500).mapToObj(i -> "event " + i).toArray();
    plugins.write(Plugins.atomic("ann", 1, events));
    JournalStore journal = Stores.journal(EmbeddedStore.get(plugins.system).store());
    Replay replay = journal.replay("ann", 1, Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(replay.next()).last().extracting(Replay.Event::sequenceNr).isEqualTo(500L);
    plugins.delete("ann", 700);
    assertThat(replay.next()).first().extracting(Replay.Event::sequenceNr).isEqualTo(701L);
    plugins.delete("ann", Long.MAX_VALUE);
    assertThat(replay.next()).isEmpty();
  }

  @Test
  void replaysAcrossADeletedBeginning() {
    plugins.write(Plugins.atomic("ann", 1, "a", "b", "c", "d", "e"));
    plugins.delete("ann", 3);
    TestKit probe = new TestKit(plugins.system);
    var part = new JournalProtocol.ReplayMessages(1, 4, Long.MAX_VALUE, "ann", probe.getRef());
    plugins.journal().tell(part, probe.getRef());
    assertThat(Plugins.replayed(probe)).containsExactly("d", 5L);
  }

  @Test
  void keepsPayloadsOfNothingAndOf16Megabytes() {
    byte[] large = new byte[16 << 20];
    new Random(1).nextBytes(large);
    assertThat(plugins.write(Plugins.atomic("ann", 1, new byte[0], large))).isEqualTo(WRITTEN);
    plugins.restart();
    List<Object> events = Plugins.replayed(plugins.replay("ann"));
    assertThat((byte[]) events.get(0)).isEmpty();
    assertThat((byte[]) events.get(1)).isEqualTo(large);
  }

  @Test
  void keepsAnyTwoIdsApart() {
    List<String> ids =
        List.of(
            "ö".repeat(150),
            "ö".repeat(149) + "|",
            "ö".repeat(149),
            "🔑".repeat(75),
            "a\0b",
            "a",
            "a\0",
            "a|b",
            "a?",
            "a\ud800",
            "a\udc00",
            "a\ufffd",
            "\ud800a");
    for (String id : ids) {
      assertThat(plugins.write(Plugins.atomic(id, 1, "of " + id.length(), id.length())))
          .as(id)
          .isEqualTo(WRITTEN);
    }
    plugins.restart();
    for (String id : ids) {
      assertThat(Plugins.replayed(plugins.replay(id)))
          .as(id)
          .containsExactly("of " + id.length(), id.length(), 2L);
    }
    PersistenceIds all =
        new PersistenceIds(Stores.database(EmbeddedStore.get(plugins.system).store()));
    assertThat(all.next(null, 100)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void writesAndListsAHundredThousandIdsWithoutRememberingThemAll() {
    int count = 100_000;
    LevelDbStore store = EmbeddedStore.get(plugins.system).store();
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      writes.add(
          Stores.journal(store)
              .append("account-" + i, List.of(Stores.event(1, 10)), Durability.OS));
    }
    writes.forEach(CompletableFuture::join);
    assertThat(Stores.journal(store).remembered()).isLessThanOrEqualTo(SequenceNumbers.REMEMBERED);
    PersistenceIds ids = new PersistenceIds(Stores.database(store));
    int seen = 0;
    String last = null;
    for (List<String> next = ids.next(last, 1000); !next.isEmpty(); next = ids.next(last, 1000)) {
      assertThat(next).hasSizeLessThanOrEqualTo(1000);
      seen += next.size();
      last = next.get(next.size() - 1);
    }
    assertThat(seen).isEqualTo(count);
    assertThat(Stores.journal(store).readHighest("account-77777")).isEqualTo(1);
  }

  @Test
  void refusesTagsRatherThanLosingThem() {
    TestKit probe = new TestKit(plugins.system);
    Tagged tagged = new Tagged("a", Set.of("red"));
    plugins
        .journal()
        .tell(
            new JournalProtocol.WriteMessages(
                scala.jdk.javaapi.CollectionConverters.asScala(
                        List.<org.apache.pekko.persistence.PersistentEnvelope>of(
                            Plugins.atomic("ann", 1, tagged)))
                    .toList(),
                probe.getRef(),
                1),
            probe.getRef());
    assertThat(probe.receiveN(2))
        .last()
        .isInstanceOfSatisfying(
            JournalProtocol.WriteMessageRejected.class,
            rejected ->
                assertThat(rejected.cause()).hasMessageContaining("event 1 of ann has tags"));
  }

  @Test
  void saysAtOnceWhyTheStoreCannotBeOpened() throws Exception {
    plugins.write(Plugins.atomic("ann", 1, "a"));
    plugins.close();
    Files.delete(dir.resolve("identity"));
    plugins = new Plugins(dir, "");
    for (int i = 0; i < 20; i++) {
      assertThat(Plugins.replayed(plugins.replay("ann")).get(0))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e).hasMessageContaining("identity"));
    }
    assertThat(failure(plugins.write(Plugins.atomic("ann", 2, "b")))).contains("identity");
  }

  private static String failure(Object answer) {
    return answer instanceof JournalProtocol.WriteMessagesFailed failed
        ? failed.cause().getMessage()
        : "no failure: " + answer;
  }
}
