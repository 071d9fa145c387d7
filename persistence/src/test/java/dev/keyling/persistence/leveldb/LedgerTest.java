package dev.keyling.persistence.leveldb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.persistence.leveldb.record.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.typed.DeleteEventsCompleted;
import org.apache.pekko.persistence.typed.DeleteSnapshotsCompleted;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store under an application's own typed persistent actor, without the rest of Keyling. */
class LedgerTest {

  /** Pays in, and answers with the total; 0 asks only. */
  record PayIn(long amount, ActorRef<Long> replyTo) {}

  /** A total of payments, with a snapshot every ten events; the events before it are deleted. */
  static final class Ledger extends EventSourcedBehavior<PayIn, Long, Long> {
    static final AtomicInteger HANDLED = new AtomicInteger();
    static final Semaphore DELETIONS = new Semaphore(0);

    Ledger() {
      super(PersistenceId.ofUniqueId("ledger"));
    }

    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public CommandHandler<PayIn, Long, Long> commandHandler() {
      return newCommandHandlerBuilder()
          .forAnyState()
          .onCommand(
              PayIn.class,
              (total, command) ->
                  (command.amount() == 0 ? Effect().none() : Effect().persist(command.amount()))
                      .thenRun((Long now) -> command.replyTo().tell(now)))
          .build();
    }

    @Override
    public EventHandler<Long, Long> eventHandler() {
      return (total, amount) -> {
        HANDLED.incrementAndGet();
        return total + amount;
      };
    }

    @Override
    public RetentionCriteria retentionCriteria() {
      return RetentionCriteria.snapshotEvery(10, 2).withDeleteEventsOnSnapshot();
    }

    @Override
    public SignalHandler<Long> signalHandler() {
      return newSignalHandlerBuilder()
          .onSignal(DeleteEventsCompleted.class, (total, done) -> DELETIONS.release())
          .onSignal(DeleteSnapshotsCompleted.class, (total, done) -> DELETIONS.release())
          .build();
    }
  }

  @TempDir Path dir;
  private ActorSystem<PayIn> system;

  @BeforeEach
  void start() {
    Config own = ConfigFactory.parseResources("store-of-its-own.conf");
    Config config =
        ConfigFactory.parseString(
                """
                keyling.persistence.leveldb.dir = "%s"
                pekko { loglevel = OFF, stdout-loglevel = OFF }
                """
                    .formatted(dir))
            .withFallback(own)
            .withFallback(ConfigFactory.defaultReference());
    Ledger.HANDLED.set(0);
    Ledger.DELETIONS.drainPermits();
    system = ActorSystem.create(new Ledger(), "ledger", config);
  }

  @AfterEach
  void stop() throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(20, SECONDS);
  }

  @Test
  void recoversFromItsNewestSnapshotAfterARestartOfTheSystem() throws Exception {
    for (int i = 1; i <= 95; i++) {
      assertThat(payIn(i)).isEqualTo(i * (i + 1) / 2);
    }
    assertThat(Ledger.HANDLED).hasValue(95);
    restart();
    assertThat(payIn(0)).isEqualTo(95 * 96 / 2);
    assertThat(Ledger.HANDLED).hasValue(5);
    assertThat(payIn(5)).isEqualTo(95 * 96 / 2 + 5);
    restart();
    assertThat(payIn(0)).isEqualTo(95 * 96 / 2 + 5);
  }

  @Test
  void deletesTheEventsAndSnapshotsThatItDoesNotNeed() throws Exception {
    for (int i = 1; i <= 45; i++) {
      payIn(1);
    }
    // the retention runs behind the answers: once for each snapshot from the third on
    assertThat(Ledger.DELETIONS.tryAcquire(4, 20, SECONDS)).isTrue();
    assertThat(events().toCompletableFuture().get(20, SECONDS)).isEqualTo(25);
    LevelDbStore store = EmbeddedStore.get(system).store();
    assertThat(Stores.keys(store, Tag.SNAPSHOT)).hasSizeBetween(2, 3);
    restart();
    assertThat(payIn(1)).isEqualTo(46);
  }

  private CompletionStage<Integer> events() {
    LevelDbReadJournal journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(LevelDbReadJournal.class, LevelDbReadJournal.ID);
    return journal
        .currentEventsByPersistenceId("ledger", 0, Long.MAX_VALUE)
        .map(EventEnvelope::sequenceNr)
        .runWith(Sink.seq(), system)
        .thenApply(List::size);
  }

  private long payIn(long amount) throws Exception {
    return AskPattern.<PayIn, Long>ask(
            system,
            replyTo -> new PayIn(amount, replyTo),
            Duration.ofSeconds(20),
            system.scheduler())
        .toCompletableFuture()
        .get(30, SECONDS);
  }

  private void restart() throws Exception {
    stop();
    start();
  }
}
