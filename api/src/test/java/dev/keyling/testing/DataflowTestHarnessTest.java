package dev.keyling.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Branch;
import dev.keyling.Dataflow;
import dev.keyling.DeadLetter;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.connector.Sinks;
import dev.keyling.semantics.Proves;
import dev.keyling.state.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What flows where. */
class DataflowTestHarnessTest {
  private final Dataflow flow = Dataflow.named("flow");

  private List<?> outputOf(String sink) {
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    return test.output(sink);
  }

  @Test
  @Proves("F6")
  void countsWords() {
    flow.from("lines", TestingSource.of("to be or", "not to be"))
        .flatMap(line -> List.of(line.split(" ")))
        .keyBy(word -> word)
        .map(word -> 1L)
        .reduce("count", Types.LONG, Long::sum)
        .entries()
        .to("counts", Sinks.print());
    assertThat(outputOf("counts"))
        .isEqualTo(
            List.of(
                Map.entry("to", 1L),
                Map.entry("be", 1L),
                Map.entry("or", 1L),
                Map.entry("not", 1L),
                Map.entry("to", 2L),
                Map.entry("be", 2L)));
  }

  @Test
  void readsSourcesInTurn() {
    flow.from("a", TestingSource.of("a1", "a2", "a3"))
        .union(flow.fromCollection("b", List.of("b1")))
        .union(flow.from("c", TestingSource.of("c1", "c2")))
        .print("all");
    assertThat(outputOf("all")).isEqualTo(List.of("a1", "b1", "c1", "a2", "c2", "a3"));
  }

  @Test
  @Proves("F6")
  void partsAndJoins() {
    Branch<Integer> parity =
        flow.from("numbers", TestingSource.of(1, 2, 3, 4)).branch(n -> n % 2 == 0);
    parity.trues().print("even");
    parity.trues().map(n -> n * 10).union(parity.falses().filter(n -> n > 1)).print("joined");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("even")).isEqualTo(List.of(2, 4));
    assertThat(test.output("joined")).isEqualTo(List.of(20, 3, 40));
  }

  @Test
  void aUnionOfAStreamWithItselfHasEverythingTwice() {
    var numbers = flow.from("numbers", TestingSource.of(1, 2));
    numbers.union(numbers).print("all");
    assertThat(outputOf("all")).isEqualTo(List.of(1, 1, 2, 2));
  }

  @Test
  void looksAtElements() {
    StringBuilder seen = new StringBuilder();
    flow.from("letters", TestingSource.of("a", "b")).inspect("look", seen::append).print("all");
    assertThat(outputOf("all")).isEqualTo(List.of("a", "b"));
    assertThat(seen).hasToString("ab");
  }

  @Test
  void chainsKeyedSteps() {
    flow.from("numbers", TestingSource.of(1L, 2L, 3L, 4L))
        .keyBy(n -> n % 2)
        .reduce("sums", Types.LONG, Long::sum)
        .keyBy(sum -> "all")
        .reduce("greatest", Types.LONG, Math::max)
        .print("greatest-sums");
    assertThat(outputOf("greatest-sums")).isEqualTo(List.of(1L, 2L, 4L, 6L));
  }

  private KeyedStep<String, Integer> halves(OutputTag<Integer> odd) {
    return flow.from("numbers", TestingSource.of(2, 3, -1, 4))
        .keyBy(n -> "key")
        .process(
            "halves",
            ctx ->
                (n, context, out) -> {
                  if (n < 0) {
                    throw new IllegalArgumentException("negative");
                  } else if (n % 2 == 1) {
                    context.output(odd, n);
                  } else {
                    out.collect(n / 2);
                  }
                });
  }

  @Test
  void sideOutputsAndDeadLettersGoTheirOwnWays() {
    OutputTag<Integer> odd = new OutputTag<>("odd");
    KeyedStep<String, Integer> halves = halves(odd);
    halves.print("halves-of-even");
    halves.getSideOutput(odd).map(n -> "odd " + n).print("odd");
    halves.getSideOutput(new OutputTag<Integer>("odd")).print("odd-again");
    halves.deadLetters().print("dead");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    assertThat(test.output("halves-of-even")).isEqualTo(List.of(1, 2));
    assertThat(test.output("odd")).isEqualTo(List.of("odd 3"));
    assertThat(test.output("odd-again")).isEqualTo(List.of(3));
    assertThat(test.output("dead"))
        .singleElement()
        .satisfies(
            letter -> {
              DeadLetter dead = (DeadLetter) letter;
              assertThat(dead.stepId()).isEqualTo("halves");
              assertThat(dead.key()).isEqualTo("key");
              assertThat(dead.element()).isEqualTo(-1);
              assertThat(dead.cause()).hasMessage("negative");
            });
  }

  @Test
  void aSideOutputThatNobodyReadsIsDropped() {
    KeyedStep<String, Integer> halves = halves(new OutputTag<>("odd"));
    halves.deadLetters().print("dead");
    halves.print("halves-of-even");
    assertThat(outputOf("halves-of-even")).isEqualTo(List.of(1, 2));
  }

  @Test
  void anUnknownSinkIsRefused() {
    flow.from("numbers", TestingSource.of(1)).print("all");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    assertThatThrownBy(() -> test.output("al"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dataflow \"flow\" has no sink \"al\"; its sinks are [all]");
  }

  @Test
  void anotherRunReadsNothingAgain() {
    flow.from("numbers", TestingSource.of(1)).print("all");
    DataflowTestHarness test = DataflowTestHarness.of(flow);
    test.run();
    test.run();
    assertThat(test.output("all")).isEqualTo(List.of(1));
  }
}
