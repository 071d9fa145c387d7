package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told of checkpoints, and what a checkpoint does on which one throws. */
class OperatorCheckpointsTest {
  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir.resolve("store"), "keyling.sharding.operator-partitions", "4");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static Dataflow flow(
      String name,
      CrashingSource<Integer> source,
      Function<OperatorContext, ? extends ProcessFunction<Integer, String>> factory,
      Path output) {
    Dataflow flow = Dataflow.named(name);
    flow.from("in", source).transform("operator", factory).to("out", Sinks.lines(output));
    return flow.enableCheckpointing(Duration.ofMillis(20))
        .setRestartStrategy(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
  }

  /** Notes what it is told of checkpoints, and refuses some. */
  private static class Told implements ProcessFunction<Integer, String> {
    private final List<String> told;

    Told(List<String> told) {
      this.told = told;
    }

    @Override
    public void processElement(Integer value, Collector<String> out) {
      out.collect(Integer.toString(value));
    }

    @Override
    public void snapshotState(long checkpointId) {
      told.add("at " + checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      told.add("has " + checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) {
      told.add("lost " + checkpointId);
    }
  }

  @Test
  void idsOnlyGrowAndACompletedOneWasTakenBefore() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    CrashingSource<Integer> source = CrashingSource.of(10, i -> i).crashingAt(5).endless();
    Job job =
        system.run(
            flow(
                "ids",
                source,
                ctx -> ctx.partition() == 1 ? new Told(told) : new Told(new ArrayList<>()),
                dir.resolve("ids.txt")));
    TestSystem.until("some are complete", () -> count(told, "has ") >= 5);
    TestSystem.await(job.cancel());
    long at = 0;
    long has = 0;
    for (String line : List.copyOf(told)) {
      long id = Long.parseLong(line.substring(line.indexOf(' ') + 1));
      if (line.startsWith("at")) {
        assertThat(id).isGreaterThan(at);
        at = id;
      } else {
        assertThat(id).isGreaterThan(has).isEqualTo(at);
        has = id;
      }
    }
  }

  private static long count(List<String> lines, String start) {
    return List.copyOf(lines).stream().filter(line -> line.startsWith(start)).count();
  }

  @Test
  void aSnapshotThatThrowsFailsTheJobWhereNoFailureIsTolerable() {
    Dataflow flow =
        flow("throws", CrashingSource.of(1, i -> i).endless(), Refusing::new, dir.resolve("t.txt"));
    flow.setRestartStrategy(RestartStrategy.none());
    assertThatThrownBy(() -> system.finish(flow))
        .hasMessageContaining("dataflow \"throws\" step \"operator\" partition 2")
        .hasMessageContaining("not now in snapshotState(1)");
  }

  /** Partition 2 throws at the first two checkpoints. */
  private static final class Refusing extends Told {
    private static final List<String> OF_TWO = Collections.synchronizedList(new ArrayList<>());
    private final OperatorContext ctx;
    private int snapshots;

    Refusing(OperatorContext ctx) {
      super(ctx.partition() == 2 ? OF_TWO : new ArrayList<>());
      this.ctx = ctx;
    }

    @Override
    public void snapshotState(long checkpointId) {
      super.snapshotState(checkpointId);
      if (ctx.partition() == 2 && snapshots++ < 2) {
        throw new IllegalStateException("not now");
      }
    }
  }

  @Test
  void aSnapshotThatThrowsGivesTheCheckpointUpWhereThatIsTolerable() throws IOException {
    Refusing.OF_TWO.clear();
    Path output = dir.resolve("tolerable.txt");
    CrashingSource<Integer> source = CrashingSource.of(10, i -> i);
    CountDownLatch goOn = new CountDownLatch(1);
    Dataflow flow =
        flow("tolerable", source.when(i -> i < 5 || goOn.getCount() == 0), Refusing::new, output);
    flow.getCheckpointConfig().setTolerableCheckpointFailureNumber(2);
    Job job = system.run(flow);
    TestSystem.until("one is complete", () -> count(Refusing.OF_TWO, "has ") > 0);
    goOn.countDown();
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isEqualTo(1);
    assertThat(Refusing.OF_TWO).startsWith("at 1", "lost 1", "at 2", "lost 2", "at 3", "has 3");
    List<String> told = List.copyOf(Refusing.OF_TWO);
    assertThat(told.get(told.size() - 1))
        .as("what is told of the last checkpoint")
        .isEqualTo(told.get(told.size() - 2).replace("at", "has"));
    assertThat(Files.readAllLines(output))
        .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }
}
