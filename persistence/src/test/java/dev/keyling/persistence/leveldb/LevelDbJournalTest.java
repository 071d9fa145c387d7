package dev.keyling.persistence.leveldb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelDbJournalTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path dir;
  private ActorSystem system;

  @BeforeEach
  void start() {
    Map<String, Object> given =
        Map.of(
            "keyling.persistence.leveldb.dir", dir.toString(),
            "pekko.loglevel", "OFF",
            "pekko.stdout-loglevel", "OFF",
            "pekko.persistence.journal.plugin", "keyling.leveldb.journal",
            "pekko.persistence.snapshot-store.plugin", "pekko.persistence.no-snapshot-store");
    system =
        ActorSystem.create(
            "test", ConfigFactory.parseMap(given).withFallback(ConfigFactory.load()));
  }

  @AfterEach
  void stop() throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(20, SECONDS);
  }

  @Test
  void recoversWhatWasWritten() throws Exception {
    ActorRef ann = notebook("ann");
    assertThat(ask(ann, write("a", "b"))).isEqualTo("written");
    assertThat(ask(ann, write("c"))).isEqualTo("written");
    end(ann);
    assertThat(ask(notebook("ann"), Notebook.Ask.NOTES)).isEqualTo(List.of("a", "b", "c"));
    restart();
    assertThat(ask(notebook("ann"), Notebook.Ask.NOTES)).isEqualTo(List.of("a", "b", "c"));
    assertThat(ask(notebook("an"), Notebook.Ask.NOTES)).isEqualTo(List.of());
  }

  @Test
  void keepsEmptyAndLargePayloads() throws Exception {
    byte[] large = new byte[5 << 20];
    Arrays.fill(large, (byte) 7);
    ActorRef ann = notebook("ann-🔑-\0-ключ");
    assertThat(ask(ann, write(new byte[0], large, ""))).isEqualTo("written");
    restart();
    List<?> notes = (List<?>) ask(notebook("ann-🔑-\0-ключ"), Notebook.Ask.NOTES);
    assertThat((byte[]) notes.get(0)).isEmpty();
    assertThat((byte[]) notes.get(1)).isEqualTo(large);
    assertThat(notes.get(2)).isEqualTo("");
  }

  @Test
  void keepsTheSequenceNumberOverDeletingTwiceAndRestarting() throws Exception {
    ActorRef ann = notebook("ann");
    ask(ann, write("a", "b", "c"));
    assertThat(ask(ann, new Notebook.Delete(Long.MAX_VALUE))).isEqualTo("deleted");
    assertThat(ask(ann, new Notebook.Delete(Long.MAX_VALUE))).isEqualTo("deleted");
    restart();
    ann = notebook("ann");
    assertThat(ask(ann, Notebook.Ask.NOTES)).isEqualTo(List.of());
    assertThat(ask(ann, Notebook.Ask.SEQUENCE_NR)).isEqualTo(3L);
    assertThat(ask(ann, write("d"))).isEqualTo("written");
    restart();
    assertThat(ask(notebook("ann"), Notebook.Ask.NOTES)).isEqualTo(List.of("d"));
  }

  @Test
  void refusesTheSecondOfTwoWriters() throws Exception {
    ActorRef first = notebook("ann");
    ActorRef second = notebook("ann");
    assertThat(ask(second, Notebook.Ask.SEQUENCE_NR)).isEqualTo(0L);
    assertThat(ask(first, Notebook.Ask.SEQUENCE_NR)).isEqualTo(0L);
    assertThat(ask(first, write("a"))).isEqualTo("written");
    assertThat((String) ask(second, write("b"))).contains("another writer is alive");
    end(first);
    assertThat(ask(notebook("ann"), Notebook.Ask.NOTES)).isEqualTo(List.of("a"));
  }

  @Test
  void rejectsAnAtomicWriteAsAWholeAndGoesOn() throws Exception {
    ActorRef ann = notebook("ann");
    ask(ann, write("a"));
    assertThat(ask(ann, write("b", new Object(), "c"))).isEqualTo("rejected");
    assertThat(ask(ann, write("d"))).isEqualTo("written");
    restart();
    assertThat(ask(notebook("ann"), Notebook.Ask.NOTES)).isEqualTo(List.of("a", "d"));
  }

  @Test
  void seesTheWritesUnderWayWhenItRecovers() throws Exception {
    for (int round = 0; round < 20; round++) {
      ActorRef ann = notebook("ann" + round);
      List<Object> events = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        events.add("event " + i);
      }
      ann.tell(new Notebook.WriteAsync(events), ActorRef.noSender());
      ann.tell(Notebook.Ask.STOP, ActorRef.noSender()); // without waiting for the answers
      ActorRef next = notebook("ann" + round);
      List<?> notes = (List<?>) ask(next, Notebook.Ask.NOTES);
      assertThat(ask(next, Notebook.Ask.SEQUENCE_NR)).isEqualTo((long) notes.size());
      String answer = (String) ask(next, write("more"));
      assertThat(answer)
          .satisfiesAnyOf(
              a -> assertThat(a).isEqualTo("written"),
              a -> assertThat(a).contains("another writer is alive"));
    }
  }

  @Test
  void offersAnotherDurabilityUnderAnotherPluginId() throws Exception {
    LevelDbStore store = EmbeddedStore.get(system).store();
    ActorRef synced = notebook("ann");
    ask(synced, Notebook.Ask.NOTES);
    long before = store.counts().syncs();
    ask(synced, write("a"));
    assertThat(store.counts().syncs()).isEqualTo(before + 1);
    ActorRef unsynced = system.actorOf(Notebook.Unsynced.props("bob"));
    ask(unsynced, write("a"));
    assertThat(store.counts().syncs()).isEqualTo(before + 1);
  }

  private ActorRef notebook(String id) {
    return system.actorOf(Notebook.props(id));
  }

  private static Notebook.Write write(Object... events) {
    return new Notebook.Write(List.of(events));
  }

  private static Object ask(ActorRef actor, Object message) throws Exception {
    return Patterns.ask(actor, message, PATIENCE).toCompletableFuture().get(30, SECONDS);
  }

  private static void end(ActorRef actor) throws Exception {
    Patterns.gracefulStop(actor, PATIENCE).toCompletableFuture().get(30, SECONDS);
  }

  private void restart() throws Exception {
    stop();
    start();
  }
}
