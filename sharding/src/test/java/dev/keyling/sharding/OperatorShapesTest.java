package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.OperatorContext;
import dev.keyling.function.ProcessFunction;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators among other steps, on several lanes, with crashes in between. */
class OperatorShapesTest {
  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir.resolve("store"), "keyling.sharding.operator-partitions", "3");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static Dataflow flow(String name) {
    return Dataflow.named(name)
        .enableCheckpointing(Duration.ofMillis(20))
        .setRestartStrategy(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
  }

  /** Remembers every element, and what all of them together were when it began. */
  private static final class Remembering implements ProcessFunction<Integer, Integer> {
    private final ListState<Integer> own;
    private final ListState<Integer> union;
    private final AtomicInteger open;

    Remembering(OperatorContext ctx, Map<Integer, List<List<Integer>>> seen, AtomicInteger open) {
      own = ctx.getListState(new ListStateDescriptor<>("own", Types.INT));
      union = ctx.getUnionListState(new ListStateDescriptor<>("union", Types.INT));
      List<Integer> all = new ArrayList<>();
      union.get().forEach(all::add);
      Collections.sort(all);
      synchronized (seen) {
        seen.computeIfAbsent(ctx.attempt(), attempt -> new ArrayList<>()).add(all);
      }
      this.open = open;
      open.incrementAndGet();
    }

    @Override
    public void processElement(Integer value, Collector<Integer> out) {
      own.add(value);
      out.collect(value);
    }

    @Override
    public void snapshotState(long checkpointId) {
      List<Integer> mine = new ArrayList<>();
      own.get().forEach(mine::add);
      union.update(mine);
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  @Test
  void aUnionHoldsExactlyWhatWasReadBeforeTheCheckpoint() {
    Map<Integer, List<List<Integer>>> seen = new HashMap<>();
    AtomicInteger open = new AtomicInteger();
    CrashingSource<Integer> source =
        CrashingSource.of(3_000, i -> i).crashingAt(700, 1_400, 2_100, 3_000);
    Dataflow flow = flow("cut");
    flow.from("in", source)
        .transform("operator", ctx -> new Remembering(ctx, seen, open))
        .to("out", Sinks.collect(Collections.synchronizedList(new ArrayList<>())));
    Job job = system.run(flow);
    TestSystem.await(job.completion());
    assertThat(seen).hasSize(5);
    seen.forEach(
        (attempt, unions) -> {
          List<Integer> first = unions.get(0);
          assertThat(first).isEqualTo(IntStream.range(0, first.size()).boxed().toList());
          assertThat(unions).hasSize(3).allMatch(first::equals);
        });
    assertThat(open).as("functions that were not let go").hasValue(0);
  }

  @Test
  void countsAreRightBehindOperatorsBetweenKeyedStepsOnSeveralLanes() throws IOException {
    Path output = dir.resolve("counts.txt");
    CrashingSource<Integer> source =
        new CrashingSource<>(2, 20_000, i -> i % 50).crashingAt(4_000, 13_001);
    Dataflow flow = flow("between");
    var numbers = flow.from("in", source);
    numbers
        .filter(i -> i % 2 == 0)
        .union(numbers.filter(i -> i % 2 == 1))
        .keyBy(i -> i)
        .<Integer>process("same", ctx -> (value, context, out) -> out.collect(value))
        .transform("operator", ctx -> new Held())
        .keyBy(i -> i)
        .<String>process(
            "count",
            ctx -> {
              var count =
                  ctx.getReducingState(
                      new ReducingStateDescriptor<>("count", Long::sum, Types.LONG));
              return (value, context, out) -> {
                count.add(1L);
                out.collect(context.getCurrentKey() + " " + count.get());
              };
            })
        .to("out", Sinks.lines(output));
    TestSystem.await(system.run(flow).completion());
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < 50; key++) {
      for (int count = 1; count <= 400; count++) {
        expected.add(key + " " + count);
      }
    }
    Collections.sort(expected);
    List<String> lines = new ArrayList<>(Files.readAllLines(output));
    Collections.sort(lines);
    assertThat(lines).isEqualTo(expected);
  }

  /** Knows its state only from {@code initializeState}, as functions from Flink do. */
  private static final class Held implements ProcessFunction<Integer, Integer> {
    private final List<ListState<Integer>> stored = new ArrayList<>();
    private final List<Integer> held = new ArrayList<>();

    @Override
    public void initializeState(OperatorContext context) {
      stored.add(context.getListState(new ListStateDescriptor<>("held", Types.INT)));
      stored.get(0).get().forEach(held::add);
    }

    @Override
    public void processElement(Integer value, Collector<Integer> out) {
      held.add(value);
      if (held.size() >= 17) {
        onEndOfInput(out);
      }
    }

    @Override
    public void onEndOfInput(Collector<Integer> out) {
      held.forEach(out::collect);
      held.clear();
    }

    @Override
    public void snapshotState(long checkpointId) {
      stored.get(0).update(held);
    }
  }
}
