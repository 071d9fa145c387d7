package dev.keyling.persistence.leveldb.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.javadsl.Source;

/** What is in a journal now, as streams that read a portion when they are asked for more. */
public final class StoredEvents {

  /** Ids that are read together. */
  private static final int IDS = 1000;

  private final JournalStore journal;
  private final Serialization serialization;
  private final EventAdapters adapters;
  private final Executor readers;

  /**
   * Makes the streams of a journal.
   *
   * @param readers run what blocks
   */
  public StoredEvents(
      JournalStore journal, Serialization serialization, EventAdapters adapters, Executor readers) {
    this.journal = journal;
    this.serialization = serialization;
    this.adapters = adapters;
    this.readers = readers;
  }

  /** Returns all ids in the order of their bytes. */
  public Source<String, NotUsed> persistenceIds() {
    PersistenceIds ids = journal.ids();
    return Source.unfoldAsync(
            Optional.<String>empty(),
            last ->
                CompletableFuture.supplyAsync(
                    () -> {
                      List<String> next = ids.next(last.orElse(null), IDS);
                      return next.isEmpty()
                          ? Optional.<Pair<Optional<String>, List<String>>>empty()
                          : Optional.of(Pair.create(Optional.of(next.get(next.size() - 1)), next));
                    },
                    readers))
        .mapConcat(next -> next);
  }

  /** Ends at the event that is the newest one when the stream starts. */
  public Source<EventEnvelope, NotUsed> events(String persistenceId, long from, long to) {
    return Source.lazyCompletionStageSource(
            () ->
                journal
                    .written(persistenceId)
                    .thenApplyAsync(done -> journal.readHighest(persistenceId), readers)
                    .thenApply(newest -> replayed(persistenceId, from, Math.min(to, newest))))
        .mapMaterializedValue(later -> NotUsed.getInstance());
  }

  private Source<EventEnvelope, NotUsed> replayed(String persistenceId, long from, long to) {
    Replay replay = journal.replay(persistenceId, from, to, Long.MAX_VALUE);
    return Source.unfoldAsync(
            replay,
            same ->
                CompletableFuture.supplyAsync(
                    () -> {
                      List<Replay.Event> next = same.next();
                      return next.isEmpty()
                          ? Optional.<Pair<Replay, List<EventEnvelope>>>empty()
                          : Optional.of(Pair.create(same, envelopes(persistenceId, next)));
                    },
                    readers))
        .mapConcat(next -> next);
  }

  private List<EventEnvelope> envelopes(String persistenceId, List<Replay.Event> events) {
    List<EventEnvelope> envelopes = new ArrayList<>();
    for (Replay.Event each : events) {
      PersistentRepr event =
          EventRecord.read(persistenceId, each.sequenceNr(), each.body(), serialization);
      adapters
          .get(event.payload().getClass())
          .fromJournal(event.payload(), event.manifest())
          .events()
          .foreach(
              payload ->
                  envelopes.add(
                      EventEnvelope.apply(
                          Offset.sequence(event.sequenceNr()),
                          persistenceId,
                          event.sequenceNr(),
                          payload,
                          event.timestamp(),
                          event.metadata())));
    }
    return envelopes;
  }
}
