package dev.keyling.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.KeyView;
import dev.keyling.checkpoint.ExternalizedCheckpointCleanup;
import dev.keyling.connector.Sinks;
import dev.keyling.examples.cli.Clerk.Order;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.KeyText;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.leveldb.EmbeddedStore;
import dev.keyling.persistence.leveldb.LevelDbReadJournal;
import dev.keyling.sharding.LocalSystem;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.stream.javadsl.Sink;

/** A job of two steps that is run and stopped again and again, with an order at a time. */
final class Shop {
  private static final int KEY_GROUPS = 4;

  private final Path dir;
  private final String user;
  private final OpenSource<Order> orders = new OpenSource<>();

  /** What becomes of completed commits while the job runs. */
  enum Commits {
    BECOME_ROWS,
    STAY_IN_THE_JOURNAL
  }

  /** What was seen of the user's key at a checkpoint, before the job stopped. */
  record Stop(long checkpoint, KeyView view) {}

  Shop(Path dir, String user) {
    this.dir = dir;
    this.user = user;
  }

  /**
   * Hands in an order, waits until it is done and part of a checkpoint, and stops.
   *
   * @param commits what becomes of the checkpoint's commits before that
   */
  Stop run(Order order, Commits commits) throws Exception {
    orders.add(order);
    Config config =
        ConfigFactory.parseMap(
            Map.of(
                "keyling.persistence.leveldb.dir",
                dir.toString(),
                "keyling.persistence.leveldb.key-groups",
                KEY_GROUPS,
                "keyling.actors.flush-size",
                commits == Commits.BECOME_ROWS ? "1 B" : "1 GiB",
                "keyling.actors.flush-interval",
                "1h"));
    Dataflow flow = Dataflow.named("shop").enableCheckpointing(Duration.ofDays(20));
    flow.getCheckpointConfig()
        .setNumRetained(2)
        .setExternalizedCheckpointCleanup(ExternalizedCheckpointCleanup.RETAIN_ON_CANCELLATION);
    DataStream<Order> read = flow.from("orders", orders);
    read.keyBy(Order::number)
        .map("numbers", Shop::counting)
        .to("counts", Sinks.collect(new ArrayList<>()));
    read.keyBy(Order::user)
        .process("clerk", Clerk::new)
        .to("out", Sinks.collect(new ArrayList<>()));
    try (LocalSystem local = LocalSystem.start("dump", config)) {
      Job job = local.keyling().run(flow);
      until(() -> job.status() == JobStatus.RUNNING && job.progress().elements() == 1);
      long checkpoint = await(job.triggerCheckpoint()).id();
      if (commits == Commits.BECOME_ROWS) {
        until(() -> isInRows(local, "clerk", group("string", user), checkpoint));
        until(() -> isInRows(local, "numbers", group("long", order.number()), checkpoint));
      }
      KeyView view = await(job.view("clerk", user));
      await(job.cancel());
      return new Stop(checkpoint, view);
    }
  }

  private static MapFunction<Order, Long> counting(RuntimeContext ctx) {
    ReducingState<Long> count =
        ctx.getReducingState(new ReducingStateDescriptor<>("count", Long::sum, Types.LONG));
    return order -> {
      count.add(1L);
      return count.get();
    };
  }

  /** Returns the key group of a key of a type. */
  static int group(String type, Object key) {
    return KeyText.groups(KeyText.readings(key.toString()).get(type), KEY_GROUPS).get(0);
  }

  /** Tells whether the commits of a key group are rows, and in the journal no more. */
  private static boolean isInRows(LocalSystem local, String step, int group, long checkpoint) {
    GroupAddress address = new GroupAddress("shop", step, group);
    return EmbeddedStore.get(local.system()).rows().mark(address).map(Mark::id).orElse(-1L)
            == checkpoint
        && PersistenceQuery.get(local.system())
            .getReadJournalFor(LevelDbReadJournal.class, LevelDbReadJournal.ID)
            .currentEventsByPersistenceId(address.persistenceId(), 0, Long.MAX_VALUE)
            .runWith(Sink.seq(), local.system())
            .toCompletableFuture()
            .join()
            .isEmpty();
  }

  /** Copies its store, which nobody uses. */
  void copy(Path target) throws IOException {
    try (var files = Files.walk(dir)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(dir.relativize(file)));
      }
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(end - System.nanoTime()).as("time left of 30 s").isPositive();
      LockSupport.parkNanos(1_000_000);
    }
  }
}
