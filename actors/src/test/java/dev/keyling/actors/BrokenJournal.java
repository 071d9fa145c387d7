package dev.keyling.actors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;

/** A journal in memory that fails or rejects writes when it is told to. */
public final class BrokenJournal extends AsyncWriteJournal {
  /** What happens to the writes to come. */
  enum Mood {
    WORKS,
    FAILS,
    REJECTS
  }

  static volatile Mood mood = Mood.WORKS;
  private static final Map<String, List<PersistentRepr>> EVENTS = new ConcurrentHashMap<>();

  static void forgetAll() {
    mood = Mood.WORKS;
    EVENTS.clear();
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    if (mood == Mood.FAILS) {
      return Futures.failed(new IllegalStateException("the disk is full"));
    }
    List<Optional<Exception>> rejections = new ArrayList<>();
    for (AtomicWrite write : messages) {
      boolean rejected = mood == Mood.REJECTS;
      rejections.add(
          rejected ? Optional.of(new IllegalStateException("too large")) : Optional.empty());
      if (!rejected) {
        scala.jdk.javaapi.CollectionConverters.asJava(write.payload())
            .forEach(
                event ->
                    EVENTS
                        .computeIfAbsent(event.persistenceId(), id -> new ArrayList<>())
                        .add(event));
      }
    }
    return Futures.successful(rejections);
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return Futures.successful(null);
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> callback) {
    EVENTS.getOrDefault(persistenceId, List.of()).stream()
        .filter(event -> event.sequenceNr() >= from && event.sequenceNr() <= to)
        .limit(max)
        .forEach(callback);
    return Futures.successful(null);
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
    List<PersistentRepr> events = EVENTS.getOrDefault(persistenceId, List.of());
    return Futures.successful(events.isEmpty() ? 0 : events.get(events.size() - 1).sequenceNr());
  }
}
