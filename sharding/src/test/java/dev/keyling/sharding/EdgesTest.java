package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.checkpoint.CheckpointingMode;
import dev.keyling.connector.Sinks;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a dataflow meets Pekko: streams as edges, and the actor system that it runs in. */
class EdgesTest {
  @TempDir private Path dir;

  private LocalSystem start() {
    return LocalSystem.start(
        "edges",
        ConfigFactory.parseMap(
            Map.of(
                "keyling.persistence.leveldb.dir",
                dir.toString(),
                "keyling.persistence.leveldb.key-groups",
                8)));
  }

  private static Dataflow summing(dev.keyling.connector.Source<Integer> source) {
    Dataflow flow = Dataflow.named("sums");
    flow.from("numbers", source)
        .keyBy(number -> number % 3)
        .reduce("sum", Types.INT, Integer::sum)
        .to("out", Sinks.collect(new ArrayList<>()));
    return flow;
  }

  @Test
  void readsAndWritesPekkoStreams() throws Exception {
    Queue<Integer> out = new ConcurrentLinkedQueue<>();
    Dataflow flow = Dataflow.named("sums");
    flow.from("numbers", Keyling.source(Source.range(1, 3000)))
        .keyBy(number -> number % 3)
        .reduce("sum", Types.INT, Integer::sum)
        .filter(sum -> sum > 1_490_000)
        .to("out", Keyling.sink(Sink.foreach(out::add)));
    try (LocalSystem local = start()) {
      local.keyling().run(flow).completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } // with the system the Pekko sink has ended too
    assertThat(out).contains(1_501_500, 1_499_500, 1_500_500).hasSize(12);
  }

  @Test
  void refusesAPekkoSourceForExactlyOnceUnlessItsLossIsAccepted() throws Exception {
    try (LocalSystem local = start()) {
      Dataflow refused = summing(Keyling.source(Source.range(1, 10)));
      refused.enableCheckpointing(Duration.ofMillis(20));
      assertThatThrownBy(() -> local.keyling().run(refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"numbers\"")
          .hasMessageContaining("acceptLoss()");
      Dataflow accepted = summing(Keyling.source(Source.range(1, 10)).acceptLoss());
      accepted.enableCheckpointing(Duration.ofMillis(20));
      local.keyling().run(accepted).completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
      Dataflow atLeastOnce = summing(Keyling.source(Source.range(1, 10)));
      atLeastOnce.enableCheckpointing(Duration.ofMillis(20), CheckpointingMode.AT_LEAST_ONCE);
      local.keyling().run(atLeastOnce).completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void takesALastCheckpointWhenTheSystemGoesDown() throws Exception {
    LocalSystem local = start();
    Dataflow flow = summing(Keyling.source(Source.range(1, 9).concat(Source.maybe())).acceptLoss());
    flow.enableCheckpointing(Duration.ofDays(20));
    Job job = local.keyling().run(flow);
    TestSystem.until("all is read", () -> job.progress().elements() == 9);
    local.close();
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(job.progress().checkpoints()).isEqualTo(1);
    try (LocalSystem again = start()) {
      List<Integer> out = new ArrayList<>();
      Dataflow more = Dataflow.named("sums");
      more.enableCheckpointing(Duration.ofDays(20));
      more.fromCollection("more", List.of(30))
          .keyBy(number -> number % 3)
          .reduce("sum", Types.INT, Integer::sum)
          .to("out", Sinks.collect(out));
      again.keyling().run(more).completion().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(out).containsExactly(3 + 6 + 9 + 30);
    }
  }

  @Test
  void refusesASystemThatIsNoClusterOrInNone() {
    ActorSystem<Void> plain = ActorSystem.create(Behaviors.empty(), "plain");
    try {
      assertThatThrownBy(() -> Keyling.get(plain))
          .hasMessageContaining("pekko.actor.provider = cluster")
          .hasMessageContaining("pekko.cluster.seed-nodes");
    } finally {
      plain.terminate();
    }
    ActorSystem<Void> alone =
        ActorSystem.create(
            Behaviors.empty(),
            "alone",
            ConfigFactory.parseString("pekko.remote.artery.canonical.hostname = 127.0.0.1")
                .withFallback(
                    ConfigFactory.parseString(
                        "pekko.actor.provider = cluster, pekko.remote.artery.canonical.port = 0"))
                .withFallback(ConfigFactory.load()));
    try {
      assertThatThrownBy(() -> Keyling.get(alone).run(summing(Keyling.source(Source.range(1, 3)))))
          .hasMessageContaining("seed-nodes")
          .hasMessageContaining("pekko://alone@");
    } finally {
      alone.terminate();
    }
  }
}
