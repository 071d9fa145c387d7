package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.Job;
import dev.keyling.KeyedStep;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.function.StatefulBatchLogic;
import dev.keyling.semantics.Proves;
import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SEMANTICS Y6: what comes together for a key in a job is handled together. */
@Proves("Y6")
class BatchesTest {
  private static final int ELEMENTS = 20_000;

  @TempDir static Path dir;
  private static TestSystem system;

  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir.resolve("store"),
            "keyling.actors.flush-interval",
            "20ms",
            "keyling.actors.max-live-keys",
            "8");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  /** Numbers the elements of its key, a batch in one call. */
  private static final class Numbering implements KeyedProcessFunction<Integer, Integer, String> {
    private final ReducingState<Integer> count;
    private final List<Integer> sizes;

    Numbering(RuntimeContext ctx, List<Integer> sizes) {
      this.count =
          ctx.getReducingState(new ReducingStateDescriptor<>("count", Integer::sum, Types.INT));
      this.sizes = sizes;
    }

    @Override
    public void processElement(Integer value, Context<Integer> ctx, Collector<String> out) {
      throw new AssertionError("all elements come together");
    }

    @Override
    public void processElements(List<Integer> values, Context<Integer> ctx, Collector<String> out) {
      sizes.add(values.size());
      for (int value : values) {
        count.add(1);
        out.collect(ctx.getCurrentKey() + " " + value + " " + count.get());
      }
    }
  }

  private KeyedStep<Integer, String> numbered(Dataflow flow, CrashingSource<Integer> source) {
    return flow.from("in", source)
        .keyBy(i -> i % 17, Types.INT)
        .process("numbers", ctx -> new Numbering(ctx, sizes));
  }

  private static List<String> expected() {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    return IntStream.range(0, ELEMENTS)
        .mapToObj(i -> i % 17 + " " + i + " " + counts.merge(i % 17, 1, Integer::sum))
        .toList();
  }

  @Test
  void batchesOfMoreThanOneComeAndEveryElementOnceInOrderThoughTheJobCrashes() throws IOException {
    Path output = dir.resolve("numbers.txt");
    Dataflow flow = Dataflow.named("crashing").enableCheckpointing(Duration.ofMillis(20));
    flow.setRestartStrategy(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
    CrashingSource<Integer> source =
        CrashingSource.of(ELEMENTS, i -> i).crashingAt(1, 3_000, 12_345, ELEMENTS);
    numbered(flow, source).to("out", Sinks.lines(output));
    Job job = system.run(flow);
    TestSystem.await(job.completion());
    assertThat(job.progress().attempt()).isEqualTo(5);
    assertThat(Files.readAllLines(output)).containsExactlyInAnyOrderElementsOf(expected());
    assertThat(sizes.stream().mapToInt(size -> size).max().orElse(0)).isGreaterThan(1);
  }

  /** Numbers the elements of its key as {@link Numbering} does. */
  private static final class Logic implements StatefulBatchLogic<Integer, String, Integer> {
    private final List<Integer> sizes;
    private int count;

    Logic(int count, List<Integer> sizes) {
      this.count = count;
      this.sizes = sizes;
    }

    @Override
    public boolean onBatch(List<Integer> values, Collector<String> out) {
      sizes.add(values.size());
      values.forEach(value -> out.collect(value % 17 + " " + value + " " + ++count));
      return RETAIN;
    }

    @Override
    public Integer snapshot() {
      return count;
    }
  }

  @Test
  void aBatchLogicGetsBatchesAndLosesNothingThoughTheJobCrashes() throws IOException {
    Path output = dir.resolve("logic.txt");
    Dataflow flow = Dataflow.named("logic").enableCheckpointing(Duration.ofMillis(20));
    flow.setRestartStrategy(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
    flow.from("in", CrashingSource.of(ELEMENTS, i -> i).crashingAt(3_000, 12_345, ELEMENTS))
        .keyBy(i -> i % 17, Types.INT)
        .statefulBatch("numbers", Types.INT, (ctx, count) -> new Logic(count.orElse(0), sizes))
        .to("out", Sinks.lines(output));
    system.finish(flow);
    assertThat(Files.readAllLines(output)).containsExactlyInAnyOrderElementsOf(expected());
    assertThat(sizes.stream().mapToInt(size -> size).max().orElse(0)).isGreaterThan(1);
  }

  @Test
  void aBatchIsTheSameWithUnalignedCheckpoints() throws IOException {
    Path output = dir.resolve("unaligned.txt");
    Dataflow flow = Dataflow.named("unaligned").enableCheckpointing(Duration.ofMillis(20));
    flow.getCheckpointConfig().enableUnalignedCheckpoints();
    flow.setRestartStrategy(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
    CrashingSource<Integer> source =
        CrashingSource.of(ELEMENTS, i -> i).crashingAt(3_000, 12_345, ELEMENTS);
    flow.from("in", source)
        .returns(Types.INT)
        .keyBy(i -> i % 17, Types.INT)
        .process("numbers", ctx -> new Numbering(ctx, sizes))
        .to("out", Sinks.lines(output));
    system.finish(flow);
    assertThat(Files.readAllLines(output)).containsExactlyInAnyOrderElementsOf(expected());
    assertThat(sizes.stream().mapToInt(size -> size).max().orElse(0)).isGreaterThan(1);
  }

  @Test
  void oneThatThrowsIsADeadLetterPerElementAndTheRestGoesOn() {
    List<Object> letters = Collections.synchronizedList(new ArrayList<>());
    List<Object> out = Collections.synchronizedList(new ArrayList<>());
    Dataflow flow = Dataflow.named("skipping");
    KeyedStep<Integer, String> step =
        flow.fromCollection("in", IntStream.range(0, 100).boxed().toList())
            .keyBy(i -> i % 2, Types.INT)
            .process("numbers", ctx -> new Odd(new Numbering(ctx, sizes)));
    step.deadLetters().map(letter -> letter.element()).to("letters", Sinks.collect(letters));
    step.to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(letters)
        .containsExactlyElementsOf(
            IntStream.range(0, 100).filter(i -> i % 2 == 1).boxed().map(i -> (Object) i).toList());
    assertThat(out).hasSize(50).last().isEqualTo("0 98 50");
  }

  /** Throws on the odd key, behind its changes. */
  private record Odd(Numbering numbering)
      implements KeyedProcessFunction<Integer, Integer, String> {

    @Override
    public void processElement(Integer value, Context<Integer> ctx, Collector<String> out) {
      numbering.processElement(value, ctx, out);
    }

    @Override
    public void processElements(List<Integer> values, Context<Integer> ctx, Collector<String> out) {
      numbering.processElements(values, ctx, out);
      if (ctx.getCurrentKey() == 1) {
        throw new IllegalStateException("odd");
      }
    }
  }

  @Test
  void anEmbeddedStepHandlesOneAtATimeSoThatEachHasItsAnswer() {
    KeyedRef<Integer, Integer, String> step =
        system.local().keyling().keyed("embedded", Types.INT, ctx -> new Numbering(ctx, sizes));
    List<CompletionStage<List<String>>> asked =
        IntStream.range(0, 50).mapToObj(i -> step.ask(1, i)).toList();
    for (int i = 0; i < 50; i++) {
      assertThat(TestSystem.await(asked.get(i))).containsExactly("1 " + i + " " + (i + 1));
    }
    assertThat(sizes).hasSize(50).containsOnly(1);
  }
}
