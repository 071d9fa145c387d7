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
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators in jobs: what they wrote at a checkpoint is what they begin with after it. */
class OperatorTest {
  private static final RestartStrategy AT_ONCE =
      RestartStrategy.fixedDelay(100, Duration.ofMillis(1));

  @TempDir static Path dir;
  private static TestSystem system;

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir.resolve("store"),
            "keyling.sharding.operator-partitions",
            "4",
            "keyling.actors.flush-interval",
            "30ms");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static <T> Dataflow flow(
      String name,
      CrashingSource<T> source,
      java.util.function.Function<OperatorContext, ? extends ProcessFunction<T, String>> factory,
      Path output) {
    Dataflow flow = Dataflow.named(name);
    flow.from("in", source).transform("operator", factory).to("out", Sinks.lines(output));
    flow.enableCheckpointing(Duration.ofMillis(20)).setRestartStrategy(AT_ONCE);
    return flow;
  }

  /** Holds elements back in a field, and gives them away ten at a time and at the end. */
  private static final class Batches implements ProcessFunction<Integer, String> {
    private final ListState<Integer> stored;
    private final List<Integer> held = new ArrayList<>();

    Batches(OperatorContext ctx) {
      stored = ctx.getListState(new ListStateDescriptor<>("held", Types.INT));
      stored.get().forEach(held::add);
    }

    @Override
    public void processElement(Integer value, Collector<String> out) {
      held.add(value);
      if (held.size() == 10) {
        onEndOfInput(out);
      }
    }

    @Override
    public void onEndOfInput(Collector<String> out) {
      held.forEach(each -> out.collect(Integer.toString(each)));
      held.clear();
    }

    @Override
    public void snapshotState(long checkpointId) {
      stored.update(held);
    }
  }

  private static void assertEachOnce(Path output, int elements) throws IOException {
    List<Integer> lines =
        new ArrayList<>(Files.readAllLines(output).stream().map(Integer::valueOf).toList());
    Collections.sort(lines);
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      expected.add(i);
    }
    assertThat(lines).isEqualTo(expected);
  }

  @Test
  void whatIsHeldBackInAFieldComesOutOnceWhateverCrashes() throws IOException {
    Path output = dir.resolve("held.txt");
    CrashingSource<Integer> source =
        CrashingSource.of(20_003, i -> i).crashingAt(0, 1, 5_000, 12_345, 20_003);
    Job job = system.run(flow("held", source, Batches::new, output));
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isEqualTo(6);
    assertEachOnce(output, 20_003);
  }

  @Test
  void aLaterRunGoesOnWithWhatWasHeldBack() throws IOException {
    Path output = dir.resolve("later.txt");
    for (int stop : List.of(1_003, 2_007)) {
      CrashingSource<Integer> source = CrashingSource.of(stop, i -> i).endless();
      Job job = system.run(flow("later", source, Batches::new, output));
      TestSystem.until("all is read", () -> source.furthest() == stop - 1);
      TestSystem.running(job);
      TestSystem.await(job.triggerCheckpoint());
      TestSystem.await(job.cancel());
    }
    system.finish(flow("later", CrashingSource.of(3_001, i -> i), Batches::new, output));
    assertEachOnce(output, 3_001);
  }

  @Test
  void everyPartitionBeginsWithTheUnionOfAll() throws IOException {
    Path output = dir.resolve("union.txt");
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    CrashingSource<Integer> source = CrashingSource.of(8, i -> i).endless();
    Job job = system.run(flow("union", source, ctx -> new Union(ctx, seen), output));
    TestSystem.until("all is read", () -> source.furthest() == 7);
    TestSystem.await(TestSystem.running(job).triggerCheckpoint());
    TestSystem.await(job.cancel());
    assertThat(seen).hasSize(4).allMatch(line -> line.endsWith("new []"));
    for (int run = 0; run < 2; run++) {
      seen.clear();
      Job again =
          system.run(
              flow(
                  "union",
                  CrashingSource.of(8, i -> i).endless(),
                  ctx -> new Union(ctx, seen),
                  output));
      TestSystem.await(TestSystem.running(again).triggerCheckpoint());
      TestSystem.await(again.cancel());
      assertThat(seen)
          .containsExactlyInAnyOrder(
              "0 restored [0, 4, 1, 5, 2, 6, 3, 7]",
              "1 restored [0, 4, 1, 5, 2, 6, 3, 7]",
              "2 restored [0, 4, 1, 5, 2, 6, 3, 7]",
              "3 restored [0, 4, 1, 5, 2, 6, 3, 7]");
    }
  }

  /** Keeps its own part in a list and shows it to all as a union. */
  private static final class Union implements ProcessFunction<Integer, String> {
    private final ListState<Integer> union;
    private final ListState<Integer> own;

    Union(OperatorContext ctx, List<String> seen) {
      union = ctx.getUnionListState(new ListStateDescriptor<>("union", Types.INT));
      own = ctx.getListState(new ListStateDescriptor<>("own", Types.INT));
      List<Integer> all = new ArrayList<>();
      union.get().forEach(all::add);
      seen.add(ctx.partition() + (ctx.isRestored() ? " restored " : " new ") + all);
    }

    @Override
    public void processElement(Integer value, Collector<String> out) {
      own.add(value);
    }

    @Override
    public void snapshotState(long checkpointId) {
      List<Integer> mine = new ArrayList<>();
      own.get().forEach(mine::add);
      union.update(mine);
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 >> 3);
    }
    return bytes;
  }

  @Test
  void rawBytesComeBackByteForByte() throws IOException {
    int[] lengths = {0, 1, 256 * 31, 1 << 20};
    Path output = dir.resolve("raw.txt");
    for (int run = 0; run < 3; run++) {
      boolean writes = run == 0;
      CrashingSource<Integer> source = CrashingSource.of(4 * (run + 1), i -> i % 4);
      system.finish(
          flow(
              "raw",
              source,
              ctx -> {
                ValueState<byte[]> raw = ctx.getRawState("raw");
                return (value, out) -> {
                  byte[] expected = bytes(lengths[ctx.partition()]);
                  if (writes) {
                    raw.update(expected);
                  }
                  boolean same = Arrays.equals(raw.value(), expected);
                  out.collect(ctx.partition() + " " + same);
                };
              },
              output));
    }
    List<String> each = List.of("0 true", "1 true", "2 true", "3 true");
    List<String> expected = new ArrayList<>();
    each.forEach(line -> expected.addAll(Collections.nCopies(3, line)));
    assertThat(Files.readAllLines(output)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void keyedFunctionsAndOperatorsAreToldTheParametersOfTheJob() {
    List<String> out = Collections.synchronizedList(new ArrayList<>());
    Dataflow flow = Dataflow.named("parameters").setParameter("greeting", "hello");
    flow.from("in", CrashingSource.of(1, i -> i))
        .keyBy(i -> i)
        .<String>map("keyed", ctx -> i -> ctx.parameter("greeting").orElse("-"))
        .<String>transform(
            "operator",
            ctx -> (word, to) -> to.collect(word + ctx.parameter("greeting").orElse("-")))
        .to("out", Sinks.collect(out));
    Job job = system.run(flow);
    flow.setParameter("greeting", "too late");
    TestSystem.await(job.completion());
    assertThat(out).containsExactly("hellohello");
  }

  @Test
  void anotherNumberOfPartitionsIsRefusedAndSaysWhy() {
    Path store = dir.resolve("four");
    for (String partitions : List.of("4", "5")) {
      try (TestSystem other =
          TestSystem.start(store, "keyling.sharding.operator-partitions", partitions)) {
        Dataflow flow =
            flow("count", CrashingSource.of(9, i -> i), Batches::new, dir.resolve("count.txt"));
        if (partitions.equals("4")) {
          other.finish(flow);
        } else {
          assertThatThrownBy(() -> other.finish(flow))
              .hasMessageContaining(
                  "dataflow \"count\" step \"operator\" was stored with 4 partitions")
              .hasMessageContaining("now has 5 partitions of an operator; change it back");
        }
      }
    }
  }

  @Test
  void aPartitionCanBeSeenAndOneThatIsNotThereCannot() {
    CrashingSource<Integer> source = CrashingSource.of(2, i -> i).endless();
    Job job =
        TestSystem.running(system.run(flow("seen", source, Batches::new, dir.resolve("seen.txt"))));
    TestSystem.until(
        "it is stored",
        () -> TestSystem.await(job.view("operator", 1)).states().containsKey("held"));
    assertThat(TestSystem.await(job.view("operator", 1)).states())
        .containsEntry("held", List.of(1));
    assertThatThrownBy(() -> job.view("operator", 4))
        .hasMessageContaining(
            "dataflow \"seen\" step \"operator\" has no partition 4; it has 0 to 3");
    TestSystem.await(job.cancel());
  }
}
