package dev.keyling.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Branch;
import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.KeyedStream;
import dev.keyling.connector.Sinks;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dataflows of every shape run to their end, with checkpoints and without. */
class ShapesTest {
  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

  @TempDir static Path dir;
  private static TestSystem system;
  private static int flows;

  private final List<String> out = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startSystem() {
    system = TestSystem.start(dir);
  }

  @AfterAll
  static void stopSystem() {
    system.close();
  }

  private static Dataflow flow(boolean checkpoints) {
    Dataflow flow = Dataflow.named("shape-" + flows++);
    return checkpoints ? flow.enableCheckpointing(Duration.ofMillis(20)) : flow;
  }

  private static DataStream<String> counted(KeyedStream<Integer, Integer> keyed, String step) {
    return keyed.map(
        step,
        ctx -> {
          var count =
              ctx.getReducingState(new ReducingStateDescriptor<>("n", Long::sum, Types.LONG));
          return value -> {
            count.add(1L);
            return step + value + "x" + count.get();
          };
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSinkReadsDirectlyFromASource(boolean checkpoints) {
    Dataflow flow = flow(checkpoints);
    flow.fromCollection("in", TEN).map(String::valueOf).to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSourceFeedsTwoSteps(boolean checkpoints) {
    Dataflow flow = flow(checkpoints);
    KeyedStream<Integer, Integer> in = flow.fromCollection("in", List.of(1, 1, 2)).keyBy(i -> i);
    counted(in, "a").to("outA", Sinks.collect(out));
    counted(in, "b").to("outB", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).containsExactlyInAnyOrder("a1x1", "a1x2", "a2x1", "b1x1", "b1x2", "b2x1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void severalSourcesFlowIntoOneStep(boolean checkpoints) {
    Dataflow flow = flow(checkpoints);
    DataStream<Integer> union =
        flow.fromCollection("a", List.of(1, 2))
            .union(flow.fromCollection("b", List.of(1)))
            .union(flow.fromCollection("c", List.of(1, 3)));
    counted(union.keyBy(i -> i), "n").to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).containsExactlyInAnyOrder("n1x1", "n1x2", "n1x3", "n2x1", "n3x1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFlowWithoutSinksEndsWhenItsStepsHave(boolean checkpoints) {
    LongAdder seen = new LongAdder();
    Dataflow flow = flow(checkpoints);
    counted(flow.fromCollection("in", TEN).keyBy(i -> i), "n")
        .inspect("look", value -> seen.increment());
    system.finish(flow);
    assertThat(seen.sum()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFlowOfASourceAlonesEnds(boolean checkpoints) {
    LongAdder seen = new LongAdder();
    Dataflow flow = flow(checkpoints);
    flow.fromCollection("in", TEN).inspect("look", value -> seen.increment());
    system.finish(flow);
    assertThat(seen.sum()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStepWhoseOutputsNobodyReadsWorksBesideASink(boolean checkpoints) {
    LongAdder seen = new LongAdder();
    Dataflow flow = flow(checkpoints);
    DataStream<Integer> in = flow.fromCollection("in", TEN);
    in.keyBy(i -> i)
        .<Integer>process("unread", ctx -> (value, context, collector) -> seen.increment());
    in.map(String::valueOf).to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).hasSize(10);
    assertThat(seen.sum()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEmptySourceEnds(boolean checkpoints) {
    Dataflow flow = flow(checkpoints);
    counted(flow.<Integer>fromCollection("in", List.of()).keyBy(i -> i), "n")
        .to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneSideOfABranchMayStayUnread(boolean checkpoints) {
    Dataflow flow = flow(checkpoints);
    Branch<Integer> branch = flow.fromCollection("in", TEN).branch(i -> i % 2 == 0);
    counted(branch.trues().keyBy(i -> i), "even").to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).hasSize(5).allMatch(line -> line.startsWith("even"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSidesOfABranchComeTogetherAgain(boolean checkpoints) {
    Dataflow flow = flow(checkpoints);
    Branch<Integer> branch = flow.fromCollection("in", TEN).branch(i -> i < 3);
    DataStream<String> both =
        branch.trues().map(i -> "low" + i).union(branch.falses().map(i -> "high" + i));
    both.union(both).to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).hasSize(20);
    assertThat(out).filteredOn(line -> line.startsWith("low")).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stepsFollowEachOther(boolean checkpoints) {
    Dataflow flow = flow(checkpoints);
    KeyedStream<Integer, Integer> in =
        flow.fromCollection("in", IntStream.range(0, 1000).boxed().toList()).keyBy(i -> i % 10);
    counted(in, "a")
        .map(String::length)
        .keyBy(length -> length)
        .map(
            "b",
            ctx -> {
              var count =
                  ctx.getReducingState(new ReducingStateDescriptor<>("n", Long::sum, Types.LONG));
              return value -> {
                count.add(1L);
                return String.valueOf(count.get());
              };
            })
        .to("out", Sinks.collect(out));
    system.finish(flow);
    assertThat(out).hasSize(1000);
  }
}
