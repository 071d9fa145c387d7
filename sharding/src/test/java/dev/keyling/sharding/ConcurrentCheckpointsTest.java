package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import dev.keyling.connector.Sinks;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several checkpoints of a job in progress at a time. */
class ConcurrentCheckpointsTest {
  @TempDir private Path dir;

  /** Lets the flushes of checkpoints through one by one. */
  private static final class Gate implements AtLeastOnceSink<Object> {
    final AtomicInteger flushes = new AtomicInteger();
    final CountDownLatch open = new CountDownLatch(1);

    @Override
    public SinkWriter<Object> open(String partition) {
      return new SinkWriter<>() {
        @Override
        public void write(Object element) {}

        @Override
        public void flush() throws InterruptedException {
          flushes.incrementAndGet();
          open.await(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() {}
      };
    }
  }

  private Dataflow gated(String name, Gate gate, int concurrent) {
    Dataflow flow = Dataflow.named(name).setRestartStrategy(RestartStrategy.none());
    flow.from("in", CrashingSource.of(0, i -> i).endless()).to("out", gate);
    flow.enableCheckpointing(Duration.ofDays(20))
        .getCheckpointConfig()
        .setMaxConcurrentCheckpoints(concurrent);
    return flow;
  }

  @Test
  void asManyAreInProgressAsMayBeAndTheNextServesAllThatWait() {
    Gate gate = new Gate();
    List<CompletionStage<Checkpoint>> asked = new ArrayList<>();
    List<Checkpoint> taken = new ArrayList<>();
    try (TestSystem system = TestSystem.start(dir)) {
      Job job = TestSystem.running(system.run(gated("gated", gate, 2)));
      for (int i = 0; i < 5; i++) {
        asked.add(job.triggerCheckpoint());
      }
      TestSystem.until("one is at the sink", () -> gate.flushes.get() > 0);
      gate.open.countDown();
      asked.forEach(each -> taken.add(TestSystem.await(each)));
      TestSystem.await(job.cancel());
    }
    long first = taken.get(0).id();
    assertThat(taken.stream().map(each -> each.id() - first)).containsExactly(0L, 1L, 2L, 2L, 2L);
  }

  @Test
  void eachHasItsOwnTimeout() {
    Gate gate = new Gate();
    try (TestSystem system = TestSystem.start(dir)) {
      Dataflow flow = gated("late", gate, 2);
      flow.getCheckpointConfig()
          .setCheckpointTimeout(Duration.ofSeconds(1))
          .setTolerableCheckpointFailureNumber(1);
      Job job = TestSystem.running(system.run(flow));
      CompletionStage<Checkpoint> early = job.triggerCheckpoint();
      CompletionStage<Checkpoint> late = job.triggerCheckpoint();
      assertThatThrownBy(() -> TestSystem.await(early))
          .hasMessageContaining("dataflow \"late\": checkpoint 1 was not complete after PT1S");
      assertThatThrownBy(() -> TestSystem.await(late))
          .hasMessageContaining("checkpoint 2 was not complete after PT1S");
      gate.open.countDown();
      assertThatThrownBy(() -> TestSystem.await(job.completion()))
          .hasMessageContaining("was not complete after PT1S");
      assertThat(job.checkpointStatistics().failed()).isEqualTo(2);
    }
  }

  @Test
  void nothingIsLostOrDoubledWhenTheJobFailsBetweenThem() throws IOException {
    int elements = 20_000;
    int keys = 50;
    Path out = dir.resolve("out.txt");
    try (TestSystem system =
        TestSystem.start(dir.resolve("store"), "keyling.actors.flush-interval", "5ms")) {
      Dataflow flow = Dataflow.named("failing");
      CrashingSource<Integer> source =
          CrashingSource.of(elements, i -> i).crashingAt(3_000, 9_000, 9_500, 16_000);
      flow.from("in", source)
          .keyBy(i -> i % keys)
          .reduce("last", Types.INT, (before, now) -> now)
          .map(String::valueOf)
          .to("out", Sinks.lines(out));
      flow.enableCheckpointing(Duration.ofMillis(2))
          .setRestartStrategy(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)))
          .getCheckpointConfig()
          .setMaxConcurrentCheckpoints(4);
      system.finish(flow);
    }
    assertThat(Files.readAllLines(out))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, elements).mapToObj(String::valueOf).toList());
  }
}
