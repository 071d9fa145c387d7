package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import dev.keyling.function.CheckpointListener;
import dev.keyling.function.MapFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.semantics.Proves;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keyed functions and writers of sinks that are told what became of checkpoints. */
class CheckpointListenersTest {
  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir.resolve("store"));
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  /** Notes what it is told. */
  private record Ear(List<Long> told) implements SinkWriter<Integer>, CheckpointListener {
    Ear() {
      this(Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public void write(Integer element) {}

    @Override
    public void close() {}

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      told.add(checkpointId);
    }
  }

  /** A key that holds something, and so stays awake. */
  private static final class Listening
      implements MapFunction<Integer, Integer>, CheckpointListener {
    private final ValueState<Integer> last;
    private final LongConsumer ear;

    Listening(RuntimeContext ctx, LongConsumer ear) {
      this.last = ctx.getState(new ValueStateDescriptor<>("last", Types.INT));
      this.ear = ear;
    }

    @Override
    public Integer map(Integer value) {
      last.update(value);
      return value;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      ear.accept(checkpointId);
    }
  }

  private static Dataflow flow(
      String name, CrashingSource<Integer> source, LongConsumer ear, Ear sink) {
    Dataflow flow = Dataflow.named(name);
    flow.from("in", source)
        .keyBy(i -> 0)
        .map("listens", ctx -> new Listening(ctx, ear))
        .to("out", (AtLeastOnceSink<Integer>) partition -> sink);
    return flow.enableCheckpointing(Duration.ofMillis(20))
        .setRestartStrategy(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
  }

  @Test
  @Proves("O6")
  void keysAndSinksHearOfCheckpointsWithGrowingIdsAndOfTheLast() {
    Ear key = new Ear();
    Ear sink = new Ear();
    Job job =
        system.run(
            flow("hear", CrashingSource.of(10, i -> i).crashingAt(5), key.told()::add, sink));
    TestSystem.await(job.completion());
    assertThat(key.told()).isSorted().doesNotHaveDuplicates().isNotEmpty();
    assertThat(sink.told()).isSorted().doesNotHaveDuplicates().isNotEmpty();
    assertThat(key.told().get(key.told().size() - 1))
        .as("the last checkpoint")
        .isEqualTo(sink.told().get(sink.told().size() - 1));
  }

  @Test
  void aKeyThatIsAwakeHearsOfCheckpointsThatItHadNoPartIn() {
    Ear key = new Ear();
    Job job =
        system.run(
            flow("idle", CrashingSource.of(1, i -> i).endless(), key.told()::add, new Ear()));
    TestSystem.until("several are complete", () -> key.told().size() >= 4);
    TestSystem.await(job.cancel());
    assertThat(key.told()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aKeyThatThrowsWhenItIsToldFailsTheAttempt() {
    Dataflow flow =
        flow("throws", CrashingSource.of(1, i -> i).endless(), id -> refuse(), new Ear());
    flow.setRestartStrategy(RestartStrategy.none());
    assertThatThrownBy(() -> system.finish(flow))
        .hasMessageContaining("dataflow \"throws\" step \"listens\" key \"0\"")
        .hasMessageContaining("not now in notifyCheckpointComplete(");
  }

  private static void refuse() {
    throw new IllegalStateException("not now");
  }
}
