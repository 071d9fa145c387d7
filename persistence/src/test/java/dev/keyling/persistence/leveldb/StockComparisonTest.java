package dev.keyling.persistence.leveldb;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Persistent actors over our journal and over Pekko's own for LevelDB, which take turns: {@code mvn
 * -pl persistence -am test -Dtest=StockComparisonTest -Dtest.excludedTags=none
 * -Dsurefire.failIfNoSpecifiedTests=false}. Prints medians.
 */
@Tag("bench")
class StockComparisonTest {

  private static final int ROUNDS = 5;

  /** A number of actors that write at the same time, each a number of batches one after another. */
  private record Work(boolean disk, int actors, int batches, int batch, int bytes) {
    int events() {
      return actors * batches * batch;
    }

    @Override
    public String toString() {
      String level = disk ? "disk" : "os";
      return "%s, %d actors, %d events of %,d bytes at once".formatted(level, actors, batch, bytes);
    }
  }

  private static final List<Work> WORKS =
      List.of(
          new Work(false, 1, 2_000, 1, 100),
          new Work(false, 100, 500, 1, 100),
          new Work(false, 100, 100, 10, 100),
          new Work(false, 20, 20, 100, 1_000),
          new Work(true, 1, 300, 1, 100),
          new Work(true, 100, 50, 1, 100),
          new Work(true, 100, 20, 10, 100),
          new Work(true, 20, 10, 100, 1_000));

  /** What one run gave. */
  private record Speed(double eventsPerSecond, double recoveredMegabytesPerSecond) {}

  @TempDir Path dir;
  private int runs;

  @Test
  void printsWhatBothReach() throws Exception {
    System.out.println(
        "| work | ours, events/s | Pekko's | times | ours, MB/s recovered | Pekko's | times |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (Work work : WORKS) {
      List<Speed> ours = new ArrayList<>();
      List<Speed> stock = new ArrayList<>();
      run(work, true);
      run(work, false);
      for (int round = 0; round < ROUNDS; round++) {
        ours.add(run(work, true));
        stock.add(run(work, false));
      }
      Speed a = median(ours);
      Speed b = median(stock);
      System.out.printf(
          "| %s | %,.0f | %,.0f | %.1f | %.0f | %.0f | %.1f |%n",
          work,
          a.eventsPerSecond(),
          b.eventsPerSecond(),
          a.eventsPerSecond() / b.eventsPerSecond(),
          a.recoveredMegabytesPerSecond(),
          b.recoveredMegabytesPerSecond(),
          a.recoveredMegabytesPerSecond() / b.recoveredMegabytesPerSecond());
    }
  }

  private Speed run(Work work, boolean ours) throws Exception {
    Path folder = dir.resolve("run" + runs++);
    double events = 0;
    double megabytes = 0;
    for (int life = 1; life <= 2; life++) {
      ActorSystem system = start(work, ours, folder);
      open(system, work);
      CountDownLatch recovered = new CountDownLatch(work.actors());
      CountDownLatch written = new CountDownLatch(work.actors());
      AtomicLong bytes = new AtomicLong();
      long start = System.nanoTime();
      List<ActorRef> writers = new ArrayList<>();
      for (int i = 0; i < work.actors(); i++) {
        writers.add(system.actorOf(Writer.props("writer" + i, work, recovered, written, bytes)));
      }
      assertThat(recovered.await(5, MINUTES)).isTrue();
      if (life == 2) {
        megabytes = bytes.get() / 1e6 / seconds(start);
        assertThat(bytes).hasValue((long) work.events() * work.bytes());
      } else {
        start = System.nanoTime();
        writers.forEach(writer -> writer.tell("go", ActorRef.noSender()));
        assertThat(written.await(2, MINUTES)).isTrue();
        events = work.events() / seconds(start);
      }
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(1, MINUTES);
    }
    return new Speed(events, megabytes);
  }

  /** Waits until the journal is open, by a recovery of nothing. */
  private static void open(ActorSystem system, Work work) throws InterruptedException {
    CountDownLatch opened = new CountDownLatch(1);
    system.actorOf(Writer.props("opener", work, opened, new CountDownLatch(1), new AtomicLong()));
    assertThat(opened.await(2, MINUTES)).isTrue();
  }

  private static ActorSystem start(Work work, boolean ours, Path folder) {
    Map<String, Object> journal =
        ours
            ? Map.of(
                "pekko.persistence.journal.plugin",
                "keyling.leveldb.journal",
                "keyling.leveldb.journal.durability",
                work.disk() ? "disk" : "os")
            : Map.of(
                "pekko.persistence.journal.plugin",
                "pekko.persistence.journal.leveldb",
                "pekko.persistence.journal.leveldb.native",
                true,
                "pekko.persistence.journal.leveldb.dir",
                folder.toString(),
                "pekko.persistence.journal.leveldb.fsync",
                work.disk());
    Config config =
        ConfigFactory.parseMap(journal)
            .withFallback(
                ConfigFactory.parseString(
                    "pekko.persistence.snapshot-store.plugin = pekko.persistence.no-snapshot-store"))
            .withFallback(Tck.config(folder));
    return ActorSystem.create("bench", config.resolve());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static Speed median(List<Speed> speeds) {
    return new Speed(
        middle(speeds.stream().mapToDouble(Speed::eventsPerSecond).toArray()),
        middle(speeds.stream().mapToDouble(Speed::recoveredMegabytesPerSecond).toArray()));
  }

  private static double middle(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Writes its batches one after the other. */
  private static final class Writer extends AbstractPersistentActor {
    private final String id;
    private final Work work;
    private final CountDownLatch recovered;
    private final CountDownLatch written;
    private final AtomicLong bytes;
    private int batches;
    private int events;

    Writer(
        String id, Work work, CountDownLatch recovered, CountDownLatch written, AtomicLong bytes) {
      this.id = id;
      this.work = work;
      this.recovered = recovered;
      this.written = written;
      this.bytes = bytes;
    }

    static Props props(
        String id, Work work, CountDownLatch recovered, CountDownLatch written, AtomicLong bytes) {
      return Props.create(Writer.class, () -> new Writer(id, work, recovered, written, bytes));
    }

    @Override
    public String persistenceId() {
      return id;
    }

    @Override
    public Receive createReceiveRecover() {
      return receiveBuilder()
          .match(byte[].class, event -> bytes.addAndGet(event.length))
          .match(RecoveryCompleted.class, done -> recovered.countDown())
          .build();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().matchEquals("go", go -> write()).build();
    }

    @Override
    public void onPersistFailure(Throwable cause, Object event, long sequenceNr) {
      cause.printStackTrace();
    }

    private void write() {
      List<byte[]> batch = new ArrayList<>();
      for (int i = 0; i < work.batch(); i++) {
        batch.add(new byte[work.bytes()]);
      }
      persistAll(
          batch,
          event -> {
            if (++events % work.batch() == 0) {
              if (++batches == work.batches()) {
                written.countDown();
              } else {
                write();
              }
            }
          });
    }
  }
}
