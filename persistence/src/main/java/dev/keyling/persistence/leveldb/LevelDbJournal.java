package dev.keyling.persistence.leveldb;

import com.typesafe.config.Config;
import dev.keyling.persistence.Durability;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import dev.keyling.persistence.leveldb.journal.EventRecord;
import dev.keyling.persistence.leveldb.journal.JournalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Pekko's journal protocol over the {@link EmbeddedStore} of the system; plugin id {@code
 * keyling.leveldb.journal}. The storing is done by {@link JournalStore}.
 */
public final class LevelDbJournal extends AsyncWriteJournal {

  private final Serialization serialization = SerializationExtension.get(context().system());
  private final Executor readers;
  private final Durability durability;

  /** Called by Pekko with the configuration of the plugin. */
  public LevelDbJournal(Config config) {
    durability = LevelDbSettings.durability(config);
    readers = context().system().dispatchers().lookup(config.getString("replay-dispatcher"));
  }

  /**
   * Writes all of what is not rejected, or nothing; rejects atomic writes as a whole. Blocks while
   * too much waits for the disk: then the events stay with their actors, not yet serialized.
   */
  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    store().database().awaitRoom();
    List<EventRecord> events = new ArrayList<>();
    List<Optional<Exception>> rejections = new ArrayList<>();
    String persistenceId = "";
    for (AtomicWrite write : writes) {
      persistenceId = write.persistenceId(); // Pekko sends the writes of one actor at a time
      Exception rejection = encode(write, events);
      rejections.add(Optional.ofNullable(rejection));
    }
    CompletableFuture<Iterable<Optional<Exception>>> answer =
        append(persistenceId, events)
            .thenApply(
                done -> rejections.stream().allMatch(Optional::isEmpty) ? List.of() : rejections);
    return FutureConverters.asScala(answer);
  }

  private CompletableFuture<Void> append(String persistenceId, List<EventRecord> events) {
    return events.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : journal().append(persistenceId, events, durability);
  }

  private @Nullable Exception encode(AtomicWrite write, List<EventRecord> events) {
    int before = events.size();
    List<PersistentRepr> payload = CollectionConverters.asJava(write.payload());
    try {
      for (PersistentRepr event : payload) {
        refuseTags(event);
        events.add(EventRecord.of(event, serialization));
      }
      return null;
    } catch (Exception e) {
      events.subList(before, events.size()).clear();
      payload.forEach(event -> events.add(new EventRecord(event.sequenceNr(), null)));
      return e;
    }
  }

  /** There is no query by tag, so a tag would get lost without a word. */
  private static void refuseTags(PersistentRepr event) {
    if (event.payload() instanceof Tagged) {
      throw new IllegalArgumentException(
          "event %d of %s has tags, and this journal has no query by tag: let it write events without them"
              .formatted(event.sequenceNr(), event.persistenceId()));
    }
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return FutureConverters.asScala(journal().deleteTo(persistenceId, toSequenceNr));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> callback) {
    JournalStore journal = journal();
    return FutureConverters.asScala(
        CompletableFuture.runAsync(
            () ->
                journal.replay(
                    persistenceId,
                    fromSequenceNr,
                    toSequenceNr,
                    max,
                    (sequenceNr, body) ->
                        callback.accept(
                            EventRecord.read(persistenceId, sequenceNr, body, serialization))),
            readers));
  }

  /** Waits for this id's writes under way: a restarted actor must not miss its own last event. */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    JournalStore journal = journal();
    return FutureConverters.asScala(
        journal
            .written(persistenceId)
            .thenApplyAsync(done -> journal.readHighest(persistenceId), readers));
  }

  /** Asked for with each request: a store that cannot be opened then fails it and says why. */
  private LevelDbStore store() {
    return EmbeddedStore.get(context().system()).store();
  }

  private JournalStore journal() {
    return store().journal();
  }
}
