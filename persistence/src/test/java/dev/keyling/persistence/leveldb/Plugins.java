package dev.keyling.persistence.leveldb;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import scala.jdk.javaapi.CollectionConverters;

/** An actor system with our plugins, spoken to in the messages that Pekko sends them. */
public final class Plugins implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path dir;
  private final Config more;
  public ActorSystem system;

  /** Starts a system with its store in this folder; {@code more} goes over its configuration. */
  public Plugins(Path dir, String more) {
    this.dir = dir;
    this.more = ConfigFactory.parseString(more);
    start();
  }

  private void start() {
    system = ActorSystem.create("plugins", more.withFallback(Tck.config(dir)).resolve());
  }

  public void restart() {
    close();
    start();
  }

  @Override
  public void close() {
    system.terminate();
    await(system.getWhenTerminated());
  }

  public ActorRef journal() {
    return Persistence.get(system).journalFor("", ConfigFactory.empty());
  }

  public ActorRef snapshots() {
    return Persistence.get(system).snapshotStoreFor("", ConfigFactory.empty());
  }

  /** Returns an atomic write of events with consecutive numbers. */
  public static AtomicWrite atomic(String id, long first, Object... events) {
    List<PersistentRepr> written = new ArrayList<>();
    for (Object event : events) {
      long number = first + written.size();
      written.add(
          PersistentRepr.apply(event, number, id, "", false, ActorRef.noSender(), "writer"));
    }
    return AtomicWrite.apply(CollectionConverters.asScala(written).toList());
  }

  /** Writes, and returns the journal's first answer: how the whole went. */
  public Object write(AtomicWrite... writes) {
    TestKit probe = new TestKit(system);
    var all = CollectionConverters.asScala(Arrays.asList(writes)).toList();
    @SuppressWarnings("unchecked")
    var envelopes =
        (scala.collection.immutable.Seq<org.apache.pekko.persistence.PersistentEnvelope>)
            (scala.collection.immutable.Seq<?>) all;
    journal().tell(new JournalProtocol.WriteMessages(envelopes, probe.getRef(), 1), probe.getRef());
    return probe.receiveOne(PATIENCE);
  }

  /** Starts a replay of everything. */
  public TestKit replay(String id) {
    TestKit probe = new TestKit(system);
    journal()
        .tell(
            new JournalProtocol.ReplayMessages(
                1, Long.MAX_VALUE, Long.MAX_VALUE, id, probe.getRef()),
            probe.getRef());
    return probe;
  }

  /** Waits for a replay and returns its events, and last the highest number, or the failure. */
  public static List<Object> replayed(TestKit probe) {
    List<Object> events = new ArrayList<>();
    while (true) {
      Object message = probe.receiveOne(PATIENCE);
      if (message instanceof JournalProtocol.ReplayedMessage event) {
        events.add(event.persistent().payload());
      } else if (message instanceof JournalProtocol.RecoverySuccess success) {
        events.add(success.highestSequenceNr());
        return events;
      } else if (message instanceof JournalProtocol.ReplayMessagesFailure failure) {
        events.add(failure.cause());
        return events;
      } else {
        throw new AssertionError("instead of a replay: " + message);
      }
    }
  }

  public void delete(String id, long to) {
    TestKit probe = new TestKit(system);
    journal().tell(new JournalProtocol.DeleteMessagesTo(id, to, probe.getRef()), probe.getRef());
    Object answer = probe.receiveOne(PATIENCE);
    if (answer instanceof DeleteMessagesFailure failure) {
      throw new AssertionError(failure.cause());
    }
    if (!(answer instanceof DeleteMessagesSuccess)) {
      throw new AssertionError("not deleted: " + answer);
    }
  }

  public Object save(String id, long sequenceNr, Object snapshot) {
    return await(saving(id, sequenceNr, snapshot));
  }

  public CompletionStage<Object> saving(String id, long sequenceNr, Object snapshot) {
    SnapshotMetadata metadata = SnapshotMetadata.apply(id, sequenceNr);
    return ask(new SnapshotProtocol.SaveSnapshot(metadata, snapshot));
  }

  public Object load(String id, SnapshotSelectionCriteria criteria) {
    return await(loading(id, criteria));
  }

  public CompletionStage<Object> loading(String id, SnapshotSelectionCriteria criteria) {
    return ask(new SnapshotProtocol.LoadSnapshot(id, criteria, Long.MAX_VALUE));
  }

  /** Loads the newest snapshot; null if there is none. */
  public Object newest(String id) {
    return snapshot(load(id, SnapshotSelectionCriteria.latest()));
  }

  public static Object snapshot(Object answer) {
    if (answer instanceof SnapshotProtocol.LoadSnapshotResult result) {
      return result.snapshot().isEmpty() ? null : result.snapshot().get().snapshot();
    }
    throw new AssertionError("not loaded: " + answer);
  }

  public Object deleteSnapshot(SnapshotMetadata metadata) {
    return await(ask(new SnapshotProtocol.DeleteSnapshot(metadata)));
  }

  public Object deleteSnapshots(String id, SnapshotSelectionCriteria criteria) {
    return await(ask(new SnapshotProtocol.DeleteSnapshots(id, criteria)));
  }

  private CompletionStage<Object> ask(Object message) {
    return Patterns.ask(snapshots(), message, PATIENCE);
  }

  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(40, SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
