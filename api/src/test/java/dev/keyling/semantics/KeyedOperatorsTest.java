package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import java.util.Collections;
import java.util.Objects;

/** SEMANTICS F6: what needs no function of one's own. */
@SemanticsSuite
@Proves("F6")
class KeyedOperatorsTest {
  private static final ValueStateDescriptor<Integer> COUNT =
      new ValueStateDescriptor<>("count", Types.INT);

  private static int next(ValueState<Integer> count) {
    int n = Objects.requireNonNullElse(count.value(), 0) + 1;
    count.update(n);
    return n;
  }

  @LiveAndRestarting
  void aReduceAnswersEveryElementAndPassesTheFirstThrough(boolean restarting) {
    assertThat(
            Fed.outputs(
                keyed -> keyed.reduce("all", Types.STRING, (a, b) -> a + b),
                restarting,
                "a1",
                "a2",
                "a3"))
        .containsExactly("a1", "a1a2", "a1a2a3");
  }

  @LiveAndRestarting
  void everyKeyIsReducedByItself(boolean restarting) {
    assertThat(
            Fed.outputs(
                keyed -> keyed.reduce("all", Types.STRING, (a, b) -> a + b),
                restarting,
                "a1",
                "b1",
                "a2",
                "b2"))
        .containsExactlyInAnyOrder("a1", "b1", "a1a2", "b1b2");
  }

  @LiveAndRestarting
  void aMapWithStateGivesOneOutputForEachElement(boolean restarting) {
    assertThat(
            Fed.outputs(
                keyed ->
                    keyed.map(
                        "count",
                        ctx -> {
                          ValueState<Integer> count = ctx.getState(COUNT);
                          return element -> element + "#" + next(count);
                        }),
                restarting,
                "a1",
                "a2"))
        .containsExactly("a1#1", "a2#2");
  }

  @LiveAndRestarting
  void aFlatMapWithStateGivesAnyNumber(boolean restarting) {
    assertThat(
            Fed.outputs(
                keyed ->
                    keyed.<String>flatMap(
                        "times",
                        ctx -> {
                          ValueState<Integer> count = ctx.getState(COUNT);
                          return (element, out) ->
                              Collections.nCopies(next(count) - 1, element).forEach(out::collect);
                        }),
                restarting,
                "a1",
                "a2",
                "a3"))
        .containsExactly("a2", "a3", "a3");
  }
}
