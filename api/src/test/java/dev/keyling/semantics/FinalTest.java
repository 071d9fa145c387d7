package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import dev.keyling.testing.KeyedTestHarness;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y2, decision 10: results that come when the input has ended. */
@SemanticsSuite
@Proves("Y2")
class FinalTest {
  private static <O> List<O> results(
      Function<KeyedStream<String, String>, KeyedStep<String, O>> step,
      boolean restarting,
      String... words) {
    var run = Fed.run(step, restarting, words);
    assertThat(run.takeOutput()).isEmpty();
    run.endInput();
    return run.takeOutput();
  }

  @LiveAndRestarting
  void reduceFinalStartsWithTheFirstElementOfAKey(boolean restarting) {
    assertThat(
            results(
                keyed -> keyed.reduceFinal("all", Types.STRING, (a, b) -> a + "+" + b),
                restarting,
                "a1",
                "b1",
                "a2",
                "a3"))
        .containsExactlyInAnyOrder("a1+a2+a3", "b1");
  }

  @LiveAndRestarting
  void foldFinalStartsWithWhatItsBuilderMakesForEachKey(boolean restarting) {
    assertThat(
            results(
                keyed ->
                    keyed.foldFinal(
                        "all",
                        Types.listOf(Types.STRING),
                        ArrayList::new,
                        (all, word) -> {
                          all.add(word);
                          return all;
                        }),
                restarting,
                "a1",
                "b1",
                "a2"))
        .containsExactlyInAnyOrder(List.of("a1", "a2"), List.of("b1"));
  }

  @LiveAndRestarting
  void countFinalKeysTheElementsItself(boolean restarting) {
    assertThat(
            results(
                keyed -> keyed.countFinal("count", word -> word.substring(1)),
                restarting,
                "a1",
                "b1",
                "a2",
                "c1"))
        .containsExactlyInAnyOrder(3L, 1L);
  }

  @LiveAndRestarting
  void minFinalAndMaxFinalGiveTheFirstOfEqualOnes(boolean restarting) {
    String[] words = {"a22", "a1111", "b333", "a33", "a4", "a5", "a6666"};
    assertThat(
            results(
                keyed -> keyed.minFinal("least", Types.STRING, String::length), restarting, words))
        .containsExactlyInAnyOrder("a4", "b333");
    assertThat(
            results(
                keyed -> keyed.maxFinal("most", Types.STRING, String::length), restarting, words))
        .containsExactlyInAnyOrder("a1111", "b333");
  }

  @Test
  @Proves("decision 10")
  void theEndReachesKeysThatSleepAndResultsHaveNoTimestamp() {
    var run =
        Fed.step(keyed -> keyed.reduceFinal("all", Types.STRING, (a, b) -> a + b), false)
            .withTimestamps()
            .run();
    run.processElement("a1", 10);
    run.processElement("b1", 20);
    run.processElement("a2", 30);
    run.restart();
    run.processElement("b2", 40);
    run.endInput();
    assertThat(run.takeTimestampedOutput())
        .containsExactlyInAnyOrder(
            new TimestampedValue<>("a1a2", null), new TimestampedValue<>("b1b2", null));
  }

  @Test
  void aLaterRunBeginsAnew() {
    var first =
        KeyedTestHarness.<String, String, Long>ofStep(
            word -> word, Types.STRING, keyed -> keyed.countFinal("count", word -> word));
    List.of("a", "a", "b").forEach(first::processElement);
    first.endInput();
    assertThat(first.takeOutput()).containsExactlyInAnyOrder(2L, 1L);
    assertThat(first.numKeyedStateEntries()).isZero();
    var later = first.restore(first.snapshot());
    later.processElement("a");
    later.endInput();
    assertThat(later.takeOutput()).containsExactly(1L);
  }

  @Test
  @Proves("decision 10")
  void theResultsOfAKeyGroupComeInKeyOrder() {
    List<String> keys = new ArrayList<>();
    for (int i = 999; i >= 0; i--) {
      keys.add("key-%03d".formatted(i));
    }
    List<List<String>> groups = new ArrayList<>();
    for (int group = 0; group < 128; group++) {
      groups.add(new ArrayList<>());
    }
    var harness =
        KeyedTestHarness.<String, String, String>ofStep(
            word -> word,
            Types.STRING,
            keyed -> {
              keyed.process("groups", ctx -> (key, c, out) -> groups.get(ctx.keyGroup()).add(key));
              return keyed.reduceFinal("last", Types.STRING, (a, b) -> b);
            });
    keys.forEach(harness::processElement);
    harness.endInput();
    assertThat(harness.takeOutput())
        .containsExactlyElementsOf(
            groups.stream().flatMap(group -> group.stream().sorted()).toList());
  }
}
