package dev.keyling.persistence.leveldb.crash;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.persistence.leveldb.LevelDbStore;
import dev.keyling.persistence.leveldb.Stores;
import dev.keyling.persistence.leveldb.database.LevelDbSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persistent actors that write faster than the disk does. */
class SlowDiskTest {

  private static final int ACTORS = 150;
  private static final int EVENTS = 200;
  private static final int EVENT = 4000;

  @TempDir Path home;

  @Test
  void holdsWritersBackInsteadOfFillingTheMemory() throws IOException {
    Assumptions.assumeTrue(Shell.has("strace"), "needs strace");
    Path dir = home.resolve("store");
    try (ScribeProcess writers = ScribeProcess.start(Writers.class, List.of(), dir)) {
      writers.awaitLine("ready");
      try (Strace strace = new Strace(writers, "inject=fdatasync,msync:delay_enter=50000")) {
        writers.goOn();
        assertThat(writers.exitCode()).as(writers::restOrWhy).isZero();
      }
    }
    try (LevelDbStore store = LevelDbStore.open(settings(dir), report -> {})) {
      for (int i = 0; i < ACTORS; i++) {
        assertThat(Stores.journal(store).readHighest("writer-" + i)).isEqualTo(EVENTS);
      }
    }
  }

  private static LevelDbSettings settings(Path dir) {
    return LevelDbSettings.of(dir, "", 128);
  }

  /** Persistent actors that persist all at once what takes far more memory than there is. */
  static final class Writers {

    public static void main(String[] args) throws Exception {
      Map<String, Object> given =
          Map.of(
              "keyling.persistence.leveldb.dir", args[0],
              "keyling.persistence.leveldb.max-waiting", "1 MiB",
              "keyling.persistence.leveldb.max-batch", "1 MiB",
              "pekko.loglevel", "ERROR",
              "pekko.persistence.journal.plugin", "keyling.leveldb.journal",
              "pekko.persistence.snapshot-store.plugin", "pekko.persistence.no-snapshot-store");
      ActorSystem system =
          ActorSystem.create(
              "slow", ConfigFactory.parseMap(given).withFallback(ConfigFactory.load()));
      EmbeddedStore.get(system);
      CountDownLatch written = new CountDownLatch(ACTORS);
      List<ActorRef> writers = new ArrayList<>();
      for (int i = 0; i < ACTORS; i++) {
        String id = "writer-" + i;
        writers.add(system.actorOf(Props.create(Writer.class, () -> new Writer(id, written))));
      }
      System.out.println("ready");
      System.in.read();
      byte[] event = new byte[EVENT];
      writers.forEach(
          writer -> writer.tell(Collections.nCopies(EVENTS, event), ActorRef.noSender()));
      boolean all = written.await(60, SECONDS);
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().get(30, SECONDS);
      System.exit(all ? 0 : 1);
    }
  }

  @SuppressWarnings("unchecked")
  private static final class Writer extends AbstractPersistentActor {
    private final String id;
    private final CountDownLatch written;
    private int count;

    Writer(String id, CountDownLatch written) {
      this.id = id;
      this.written = written;
    }

    @Override
    public String persistenceId() {
      return id;
    }

    @Override
    public Receive createReceiveRecover() {
      return receiveBuilder().build();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              List.class,
              events ->
                  persistAllAsync(
                      events,
                      event -> {
                        if (++count == EVENTS) {
                          written.countDown();
                        }
                      }))
          .build();
    }
  }
}
