package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.JobStatus;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointStatistics.Ended;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import dev.keyling.connector.Sinks;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job's life: run, checkpoint, cancel, run again, in one system. */
class LifecycleTest {
  @TempDir static Path dir;
  private static TestSystem system;

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir);
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private Dataflow counting(String name, CrashingSource<Integer> source, String version) {
    Dataflow flow = Dataflow.named(name).setRestartStrategy(RestartStrategy.none());
    flow.from("in", source)
        .keyBy(key -> key)
        .map(
            "count",
            ctx -> {
              var count =
                  ctx.getReducingState(
                      new ReducingStateDescriptor<>("count", Long::sum, Types.LONG));
              return key -> {
                count.add(1L);
                return key + version + count.get();
              };
            })
        .to("out", Sinks.collect(out));
    return flow;
  }

  private static CrashingSource<Integer> endless() {
    return CrashingSource.of(3, i -> i).endless();
  }

  @Test
  void aSecondRunOfARunningDataflowIsRefused() {
    Job job = system.run(counting("only-once", endless(), ":"));
    assertThatThrownBy(() -> system.run(counting("only-once", endless(), ":")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"only-once\" runs already");
    TestSystem.await(job.cancel());
    Job next = system.run(counting("only-once", CrashingSource.of(3, i -> i), ":"));
    TestSystem.await(next.completion());
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void aJobThatStoresNothingBeginsAnewEachTimeAndRunsTheProgramItWasGiven() {
    for (String version : List.of("a", "b", "c")) {
      system.finish(counting("memory", CrashingSource.of(40, i -> i % 10), version));
    }
    assertThat(out).hasSize(120);
    assertThat(out).filteredOn(line -> line.contains("c")).contains("9c1", "9c4").hasSize(40);
  }

  @Test
  void aJobThatStoresGoesOnInTheSameSystemAndRunsTheProgramItWasGiven() {
    for (int run = 1; run <= 3; run++) {
      Dataflow flow = counting("stored", CrashingSource.of(10 * run, i -> i % 10), "v" + run + "=");
      flow.enableCheckpointing(Duration.ofMillis(20));
      system.finish(flow);
    }
    assertThat(out).hasSize(30).contains("9v1=1", "9v2=2", "9v3=3");
  }

  @Test
  void aJobCanBeCancelledBetweenTwoAttemptsAndRunAgain() {
    for (boolean stored : List.of(false, true, false, true)) {
      Dataflow flow =
          counting("between", CrashingSource.of(3, i -> i).crashingAt(2), stored ? "s" : "m");
      flow.setRestartStrategy(RestartStrategy.fixedDelay(9, Duration.ofHours(1)));
      if (stored) {
        flow.enableCheckpointing(Duration.ofMillis(20));
      }
      Job job = system.run(flow);
      TestSystem.until("it waits", () -> job.status() == JobStatus.RESTARTING);
      TestSystem.await(job.cancel());
      assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    }
    system.finish(counting("between", CrashingSource.of(3, i -> i), "again"));
    assertThat(out).contains("0again1", "1again1", "2again1");
  }

  @Test
  void aJobCanBeCancelledAtAnyMomentOfItsStart() {
    for (int spins = 0; spins < 12; spins++) {
      Dataflow flow = counting("at-once", endless(), ":").enableCheckpointing(Duration.ofMillis(5));
      Job job = system.run(flow);
      for (int i = 0; i < spins * spins * 5000; i++) {
        Thread.onSpinWait();
      }
      TestSystem.await(job.cancel());
      assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    }
    CrashingSource<Integer> source = endless();
    Job job =
        system.run(counting("at-once", source, "last").enableCheckpointing(Duration.ofDays(1)));
    TestSystem.running(job);
    TestSystem.await(job.triggerCheckpoint());
    TestSystem.await(job.cancel());
  }

  @Test
  void checkpointsComeOnRequestWithElementsOrWithout() {
    Job job = system.run(counting("asked", endless(), ":").enableCheckpointing(Duration.ofDays(1)));
    TestSystem.running(job);
    TestSystem.until("all is out", () -> out.size() == 3);
    Checkpoint first = TestSystem.await(job.triggerCheckpoint());
    Checkpoint second = TestSystem.await(job.triggerCheckpoint());
    assertThat(first.bytes()).isPositive();
    assertThat(second.id()).isEqualTo(first.id() + 1);
    assertThat(second.bytes()).isZero();
    assertThat(job.checkpointStatistics().newest().stream().map(Ended::keys))
        .containsExactly(0L, 3L);
    List<CompletionStage<Checkpoint>> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.add(job.triggerCheckpoint());
    }
    many.forEach(TestSystem::await);
    assertThat(job.progress().checkpoints()).isBetween(3L, 12L);
    TestSystem.await(job.cancel());
    assertThatThrownBy(() -> TestSystem.await(job.triggerCheckpoint()))
        .hasMessageContaining("CANCELLED");
    assertThatThrownBy(() -> TestSystem.await(job.view("count", 1)))
        .hasMessageContaining("CANCELLED");
  }

  @Test
  void aCheckpointIsRefusedWithoutCheckpointing() {
    Job job = system.run(counting("none", endless(), ":"));
    assertThatThrownBy(() -> TestSystem.await(job.triggerCheckpoint()))
        .hasMessageContaining("enableCheckpointing");
    TestSystem.await(job.cancel());
  }

  /** Blocks in its first flush until it is told to go on, or some time has passed. */
  private static AtLeastOnceSink<Object> slow(CountDownLatch goOn) {
    AtomicInteger flushes = new AtomicInteger();
    return partition ->
        new SinkWriter<>() {
          @Override
          public void write(Object element) {}

          @Override
          public void flush() throws InterruptedException {
            if (flushes.incrementAndGet() == 1) {
              goOn.await(300, TimeUnit.MILLISECONDS);
            }
          }

          @Override
          public void close() {}
        };
  }

  private static Dataflow slow(String name, CountDownLatch goOn) {
    Dataflow flow = Dataflow.named(name).setRestartStrategy(RestartStrategy.none());
    flow.from("in", CrashingSource.of(0, i -> i).endless()).to("out", slow(goOn));
    flow.enableCheckpointing(Duration.ofMillis(10))
        .getCheckpointConfig()
        .setCheckpointTimeout(Duration.ofMillis(50));
    return flow;
  }

  @Test
  void aCheckpointThatTakesTooLongFailsTheAttempt() {
    Job job = system.run(slow("too-slow", new CountDownLatch(1)));
    assertThatThrownBy(() -> TestSystem.await(job.completion()))
        .hasMessageContaining("checkpoint 1 was not complete after PT0.05S");
  }

  @Test
  void aCheckpointThatIsGivenUpIsNoHarmIfThatIsTolerated() {
    CountDownLatch goOn = new CountDownLatch(1);
    Dataflow flow = slow("tolerated", goOn);
    flow.getCheckpointConfig().setTolerableCheckpointFailureNumber(1000);
    Job job = system.run(flow);
    TestSystem.running(job);
    CompletionStage<Checkpoint> asked = job.triggerCheckpoint();
    assertThatThrownBy(() -> TestSystem.await(asked))
        .hasMessageContaining("was not complete after PT0.05S");
    goOn.countDown();
    TestSystem.until("another completes", () -> job.progress().checkpoints() > 2);
    assertThat(job.progress().attempt()).isEqualTo(1);
    TestSystem.await(job.cancel());
  }

  @Test
  void aJobWhoseSystemIsStoppedTakesALastCheckpointAndEnds(@TempDir Path other) {
    for (int run = 1; run <= 2; run++) {
      CrashingSource<Integer> source = CrashingSource.of(run * 3, i -> i % 3).endless();
      Job job;
      try (TestSystem stopped = TestSystem.start(other)) {
        Dataflow flow = counting("stopped", source, "r");
        job = stopped.run(flow.enableCheckpointing(Duration.ofDays(1)));
        TestSystem.until("all is out", () -> out.contains("2r1"));
        if (run == 2) {
          TestSystem.until("all is out", () -> out.contains("2r2"));
        }
      }
      TestSystem.await(job.completion());
      assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
    }
    assertThat(out).containsExactlyInAnyOrder("0r1", "1r1", "2r1", "0r2", "1r2", "2r2");
  }
}
