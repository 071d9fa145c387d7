package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.DeadLetter;
import dev.keyling.Job;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.connector.AtLeastOnceSink;
import dev.keyling.connector.SinkWriter;
import dev.keyling.connector.Sinks;
import dev.keyling.function.Collector;
import dev.keyling.function.Context;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.state.ListState;
import dev.keyling.state.ListStateDescriptor;
import dev.keyling.state.Types;
import dev.keyling.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of steps: where, in which order, how fast, and at the end. */
class OutputsTest {
  private static final OutputTag<String> ODD = new OutputTag<>("odd");
  private static final OutputTag<String> UNREAD = new OutputTag<>("unread");

  @TempDir static Path dir;
  private static TestSystem system;

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startSystem() {
    system =
        TestSystem.start(
            dir,
            "keyling.actors.max-live-keys",
            "64",
            "keyling.actors.flush-interval",
            "10ms",
            "keyling.sharding.home-lanes",
            "4",
            "keyling.sharding.max-round",
            "100",
            "keyling.sharding.max-run",
            "64");
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  @Test
  void sideOutputsLeaveBesideTheMainOneReadOrNot() {
    Dataflow flow = Dataflow.named("sides");
    KeyedStep<Integer, String> step =
        flow.fromCollection("in", IntStream.range(0, 100).boxed().toList())
            .keyBy(i -> i % 7)
            .process(
                "split",
                ctx ->
                    (value, context, collector) -> {
                      context.output(UNREAD, "nobody");
                      if (value % 2 == 1) {
                        context.output(ODD, "odd" + value);
                      } else {
                        collector.collect("even" + value);
                      }
                    });
    List<String> odd = Collections.synchronizedList(new ArrayList<>());
    List<String> oddAgain = Collections.synchronizedList(new ArrayList<>());
    step.getSideOutput(ODD).to("odd", Sinks.collect(odd));
    step.getSideOutput(ODD).to("odd-again", Sinks.collect(oddAgain));
    step.to("even", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).hasSize(50).allMatch(line -> line.startsWith("even"));
    assertThat(odd).hasSize(50).allMatch(line -> line.startsWith("odd"));
    assertThat(oddAgain).containsExactlyInAnyOrderElementsOf(odd);
  }

  @Test
  void anElementThatFailsBecomesADeadLetterAndLeavesNoTrace() {
    Dataflow flow = Dataflow.named("letters");
    KeyedStep<String, Long> step =
        flow.fromCollection("in", List.of(1, 2, 3, 4, 5))
            .keyBy(i -> "k")
            .map(
                "sum",
                ctx -> {
                  var sum = ctx.getState(new ValueStateDescriptor<>("sum", Types.LONG, 0L));
                  return i -> {
                    sum.update(sum.value() + i);
                    if (i == 3) {
                      throw new IllegalStateException("not three");
                    }
                    return sum.value();
                  };
                });
    List<Long> sums = Collections.synchronizedList(new ArrayList<>());
    List<DeadLetter> letters = Collections.synchronizedList(new ArrayList<>());
    step.to("sums", Sinks.collect(sums));
    step.deadLetters().to("letters", Sinks.collect(letters));
    system.finish(flow);
    assertThat(sums).containsExactly(1L, 3L, 7L, 12L);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).stepId()).isEqualTo("sum");
    assertThat(letters.get(0).key()).isEqualTo("k");
    assertThat(letters.get(0).element()).isEqualTo(3);
    assertThat(letters.get(0).cause()).hasMessage("not three");
  }

  /** Gives its elements back at the end, in one string. */
  private static final class AtTheEnd implements KeyedProcessFunction<Integer, Integer, String> {
    private final ListState<Integer> seen;

    AtTheEnd(RuntimeContext ctx) {
      seen = ctx.getListState(new ListStateDescriptor<>("seen", Types.INT));
    }

    @Override
    public void processElement(Integer value, Context<Integer> ctx, Collector<String> out) {
      seen.add(value);
    }

    @Override
    public void onEndOfInput(Context<Integer> ctx, Collector<String> out) {
      out.collect(ctx.getCurrentKey() + "=" + seen.get());
      seen.clear();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theEndOfTheInputReachesEveryKeyOnceAwakeOrAsleep(boolean stored) {
    int keys = 9_000;
    Dataflow flow = Dataflow.named("end-" + stored);
    flow.from("in", CrashingSource.of(2 * keys, i -> i))
        .keyBy(i -> i % keys)
        .process("end", AtTheEnd::new)
        .to("out", Sinks.collect(out));
    if (stored) {
      flow.enableCheckpointing(Duration.ofMillis(20));
    }
    system.finish(flow);
    Set<String> expected =
        IntStream.range(0, keys)
            .mapToObj(key -> key + "=[" + key + ", " + (key + keys) + "]")
            .collect(Collectors.toSet());
    assertThat(out).hasSize(keys);
    assertThat(Set.copyOf(out)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void outputsOfOneKeyStayInOrderThroughThreeSteps(boolean stored) {
    int elements = 30_000;
    Dataflow flow = Dataflow.named("order-" + stored);
    DataStream<Integer> stream = flow.from("in", CrashingSource.of(elements, i -> i));
    for (String step : List.of("one", "two", "three")) {
      stream =
          stream
              .keyBy(i -> i % 50)
              .process(step, ctx -> (value, context, collector) -> collector.collect(value));
    }
    List<Integer> values = Collections.synchronizedList(new ArrayList<>());
    stream.to("out", Sinks.collect(values));
    if (stored) {
      flow.enableCheckpointing(Duration.ofMillis(5));
    }
    system.finish(flow);
    assertThat(values).hasSize(elements);
    Map<Integer, Integer> last = new HashMap<>();
    for (int value : values) {
      Integer before = last.put(value % 50, value);
      assertThat(value).isEqualTo(before == null ? value % 50 : before + 50);
    }
  }

  /** Writes an element per permit. */
  private static AtLeastOnceSink<Object> slow(Semaphore permits) {
    return partition ->
        new SinkWriter<>() {
          @Override
          public void write(Object element) throws InterruptedException {
            permits.acquire();
          }

          @Override
          public void close() {}
        };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSlowSinkSlowsTheSource(boolean branched) {
    int elements = 100_000;
    Semaphore permits = new Semaphore(10);
    CrashingSource<Integer> source = CrashingSource.of(elements, i -> i);
    Dataflow flow = Dataflow.named("slow-" + branched);
    DataStream<Integer> in = flow.from("in", source);
    if (branched) {
      var branch = in.branch(i -> i % 2 == 0);
      in = branch.trues().union(branch.falses());
    }
    in.keyBy(i -> i % 1000)
        .process("step", ctx -> (value, context, collector) -> collector.collect(value))
        .to("out", slow(permits));
    Job job = TestSystem.running(system.run(flow));
    int[] before = {-1};
    long[] since = {System.nanoTime()};
    TestSystem.until(
        "the source stands still",
        () -> {
          if (before[0] != source.furthest()) {
            before[0] = source.furthest();
            since[0] = System.nanoTime();
          }
          return before[0] > 0 && System.nanoTime() - since[0] > 300_000_000L;
        });
    assertThat(source.furthest()).isLessThan(20_000);
    permits.release(elements);
    TestSystem.await(job.completion());
    assertThat(job.progress().elements()).isEqualTo(elements);
  }
}
