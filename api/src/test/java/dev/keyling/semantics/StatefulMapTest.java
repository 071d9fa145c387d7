package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.function.Next;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y1: outputs and the next state of a state and an element. */
@SemanticsSuite
@Proves("Y1")
class StatefulMapTest {
  /** Counts up to three, then begins again. */
  private static KeyedStep<String, String> threes(KeyedStream<String, String> keyed) {
    return keyed.statefulMap(
        "threes",
        Types.LONG,
        (state, word) -> {
          long n = state.orElse(0L) + 1;
          return n == 3 ? Next.discard(word + " is third") : Next.retain(n, word + " is " + n);
        });
  }

  @LiveAndRestarting
  void aStatefulMapGivesOneOutputForEachElement(boolean restarting) {
    assertThat(Fed.outputs(StatefulMapTest::threes, restarting, "a1", "b1", "a2"))
        .containsExactlyInAnyOrder("a1 is 1", "b1 is 1", "a2 is 2");
  }

  @LiveAndRestarting
  void aStateThatIsDiscardedIsGoneAndBeginsAnew(boolean restarting) {
    var run = Fed.run(StatefulMapTest::threes, restarting, "a1", "a2");
    assertThat(run.numKeyedStateEntries()).isEqualTo(1);
    run.processElement("a3");
    assertThat(run.storesNothing()).isTrue();
    run.processElement("a4");
    assertThat(run.takeOutput()).containsExactly("a1 is 1", "a2 is 2", "a3 is third", "a4 is 1");
  }

  @LiveAndRestarting
  void aStatefulFlatMapGivesAnyNumber(boolean restarting) {
    assertThat(
            Fed.outputs(
                keyed ->
                    keyed.statefulFlatMap(
                        "times",
                        Types.INT,
                        (state, word) -> {
                          int n = state.orElse(0);
                          return Next.retain(n + 1, Collections.nCopies(n, word));
                        }),
                restarting,
                "a1",
                "a2",
                "a3"))
        .containsExactly("a2", "a3", "a3");
  }

  @LiveAndRestarting
  @Proves("decision 8")
  void whatIsDoneToAStateAfterItWasGivenIsNotStored(boolean restarting) {
    List<List<String>> given = new ArrayList<>();
    assertThat(
            Fed.outputs(
                keyed ->
                    keyed.statefulMap(
                        "all",
                        Types.listOf(Types.STRING),
                        (state, word) -> {
                          given.forEach(earlier -> earlier.add("late"));
                          List<String> all = state.orElseGet(ArrayList::new);
                          all.add(word);
                          given.add(all);
                          return Next.retain(all, String.join("+", all));
                        }),
                restarting,
                "a1",
                "a2",
                "a3"))
        .containsExactly("a1", "a1+a2", "a1+a2+a3");
  }

  @LiveAndRestarting
  void anOutputHasTheTimestampOfItsElementAndTheEndBringsNone(boolean restarting) {
    var run = Fed.step(StatefulMapTest::threes, restarting).withTimestamps().run();
    run.processElement("a1", 40);
    assertThat(run.takeTimestampedOutput()).containsExactly(new TimestampedValue<>("a1 is 1", 40L));
    run.endInput();
    assertThat(run.takeTimestampedOutput()).isEmpty();
  }

  @Test
  void aMapperThatGivesNothingFailsTheElementAndSaysWhatToReturn() {
    var run = Fed.run(keyed -> keyed.statefulMap("odd", Types.LONG, (state, word) -> null), false);
    assertThatThrownBy(() -> run.processElement("a1"))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith("dataflow \"" + run.dataflow() + "\" step \"odd\" key \"a\"")
        .hasMessageContaining("return Next.retain(state, output) or Next.discard(output)");
  }
}
