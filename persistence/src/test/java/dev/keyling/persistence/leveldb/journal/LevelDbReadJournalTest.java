package dev.keyling.persistence.leveldb.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.persistence.leveldb.LevelDbReadJournal;
import dev.keyling.persistence.leveldb.LevelDbScalaReadJournal;
import dev.keyling.persistence.leveldb.Plugins;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.record.Changes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.EventAdapter;
import org.apache.pekko.persistence.journal.EventSeq;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelDbReadJournalTest {

  /** Stores a long as a string, and makes two events of the string "twice". */
  public static final class Adapter implements EventAdapter {
    @Override
    public String manifest(Object event) {
      return "m";
    }

    @Override
    public Object toJournal(Object event) {
      return "number " + event;
    }

    @Override
    public EventSeq fromJournal(Object event, String manifest) {
      return event.equals("twice")
          ? EventSeq.create("once", "and again")
          : EventSeq.single(event + manifest);
    }
  }

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
  void listsEveryIdOnceInTheOrderOfItsBytes() {
    plugins.write(Plugins.atomic("b", 1, "1", "2", "3", "4", "5", "6", "7"));
    plugins.write(Plugins.atomic("a\0", 1, "1"));
    plugins.write(Plugins.atomic("a", 1, "1"));
    plugins.save("c", 1, "only a snapshot");
    plugins.save("b", 5, "a snapshot too");
    plugins.write(Plugins.atomic("deleted", 1, "1", "2"));
    plugins.delete("deleted", Long.MAX_VALUE);
    assertThat(ids()).containsExactly("a", "a\0", "b", "c", "deleted");
  }

  @Test
  void listsNothingInAnEmptyStore() {
    assertThat(ids()).isEmpty();
    assertThat(events("ann", 0, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void returnsTheEventsOfOneIdWithoutTheDeletedOnes() {
    plugins.write(Plugins.atomic("ann", 1, "a", "b", "c", "d", "e"));
    plugins.write(Plugins.atomic("anna", 1, "x"));
    plugins.delete("ann", 2);
    assertThat(events("ann", 0, Long.MAX_VALUE))
        .extracting(EventEnvelope::event)
        .containsExactly("c", "d", "e");
    assertThat(events("ann", 4, 4))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.event()).isEqualTo("d");
              assertThat(event.sequenceNr()).isEqualTo(4);
              assertThat(event.persistenceId()).isEqualTo("ann");
              assertThat(event.offset()).isEqualTo(Offset.sequence(4));
            });
    assertThat(events("ann", 6, Long.MAX_VALUE)).isEmpty();
    assertThat(events("ann", 4, 3)).isEmpty();
  }

  @Test
  void tellsWhenAnEventWasWrittenAndWhatWasAddedToIt() {
    PersistentRepr event =
        PersistentRepr.apply("a", 1, "ann", "", false, ActorRef.noSender(), "writer")
            .withTimestamp(1234)
            .withMetadata("added");
    plugins.write(AtomicWrite.apply(event));
    EventEnvelope read = events("ann", 0, Long.MAX_VALUE).get(0);
    assertThat(read.timestamp()).isEqualTo(1234);
    assertThat(read.getEventMetaData()).isEqualTo(Optional.of("added"));
  }

  @Test
  void readsOnlyWhatIsAskedForAndCanRunAgain() {
    Object[] events = IntStream.rangeClosed(1, 2000).mapToObj(i -> "event " + i).toArray();
    plugins.write(Plugins.atomic("ann", 1, events));
    Source<EventEnvelope, ?> source =
        journal().currentEventsByPersistenceId("ann", 0, Long.MAX_VALUE);
    SinkQueueWithCancel<EventEnvelope> slow = source.runWith(Sink.queue(), plugins.system);
    assertThat(pull(slow)).isEqualTo(Optional.of("event 1"));
    // the store has read one portion; what is deleted before it is asked for the next is left out
    plugins.delete("ann", 1990);
    List<Object> rest = new ArrayList<>();
    for (Optional<Object> next = pull(slow); next.isPresent(); next = pull(slow)) {
      rest.add(next.get());
    }
    assertThat(rest).startsWith("event 2", "event 3").endsWith("event 1999", "event 2000");
    assertThat(rest).hasSizeLessThan(1900).doesNotContain("event 1500");
    assertThat(Plugins.await(source.runWith(Sink.seq(), plugins.system))).hasSize(10);
  }

  @Test
  void endsAtTheEventThatWasTheNewestAtItsStart() {
    plugins.write(Plugins.atomic("ann", 1, "a", "b"));
    SinkQueueWithCancel<EventEnvelope> slow =
        journal()
            .currentEventsByPersistenceId("ann", 0, Long.MAX_VALUE)
            .runWith(Sink.queue(), plugins.system);
    assertThat(pull(slow)).isEqualTo(Optional.of("a"));
    plugins.write(Plugins.atomic("ann", 3, "c"));
    assertThat(pull(slow)).isEqualTo(Optional.of("b"));
    assertThat(pull(slow)).isEmpty();
  }

  @Test
  void appliesTheEventAdaptersOfTheJournal() {
    plugins.close();
    plugins =
        new Plugins(
            dir,
            """
            keyling.leveldb.journal {
              event-adapters.ours = "%s"
              event-adapter-bindings { "java.lang.String" = ours, "java.lang.Long" = ours }
            }
            """
                .formatted(Adapter.class.getName()));
    plugins.write(Plugins.atomic("ann", 1, 5L));
    JournalStore store = Stores.journal(EmbeddedStore.get(plugins.system).store());
    EventRecord twice =
        EventRecord.of(
            PersistentRepr.apply("twice", 2, "ann", "", false, ActorRef.noSender(), "writer"),
            org.apache.pekko.serialization.SerializationExtension.get(plugins.system));
    store.append("ann", List.of(twice), Durability.OS).join();
    assertThat(events("ann", 0, Long.MAX_VALUE))
        .extracting(EventEnvelope::event)
        .containsExactly("number 5m", "once", "and again");
  }

  @Test
  void failsOverAMissingEvent() {
    plugins.write(Plugins.atomic("ann", 1, "a", "b", "c"));
    Stores.database(EmbeddedStore.get(plugins.system).store())
        .submit(new Changes().delete(new JournalKeys("ann").event(2)), Durability.OS)
        .join();
    assertThatThrownBy(() -> events("ann", 0, Long.MAX_VALUE))
        .hasStackTraceContaining("the journal of ann misses event 2 before 3");
  }

  @Test
  void isThereForScalaToo() {
    plugins.write(Plugins.atomic("ann", 1, "a"));
    LevelDbScalaReadJournal journal =
        (LevelDbScalaReadJournal)
            PersistenceQuery.get(plugins.system)
                .<LevelDbScalaReadJournal>readJournalFor(LevelDbReadJournal.ID);
    assertThat(run(journal.currentPersistenceIds().asJava())).containsExactly("ann");
    assertThat(run(journal.currentEventsByPersistenceId("ann", 0, 9).asJava())).hasSize(1);
  }

  private List<String> ids() {
    return run(journal().currentPersistenceIds());
  }

  private List<EventEnvelope> events(String id, long from, long to) {
    return run(journal().currentEventsByPersistenceId(id, from, to));
  }

  private <T> List<T> run(Source<T, ?> source) {
    return Plugins.await(source.runWith(Sink.seq(), plugins.system));
  }

  private static Optional<Object> pull(SinkQueueWithCancel<EventEnvelope> queue) {
    return Plugins.await(queue.pull()).map(EventEnvelope::event);
  }

  private LevelDbReadJournal journal() {
    return PersistenceQuery.get(plugins.system)
        .getReadJournalFor(LevelDbReadJournal.class, LevelDbReadJournal.ID);
  }
}
