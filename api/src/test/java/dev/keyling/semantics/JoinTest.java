package dev.keyling.semantics;

import static dev.keyling.JoinEmitMode.COMPLETE;
import static dev.keyling.JoinEmitMode.FINAL;
import static dev.keyling.JoinEmitMode.RUNNING;
import static dev.keyling.JoinInsertMode.FIRST;
import static dev.keyling.JoinInsertMode.LAST;
import static dev.keyling.JoinInsertMode.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Join;
import dev.keyling.JoinEmitMode;
import dev.keyling.JoinInsertMode;
import dev.keyling.JoinRow;
import dev.keyling.JoinSide;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y4: joins of words such as {@code "a1x"}: key a, side 1, value x. */
@SemanticsSuite
@Proves("Y4")
class JoinTest {
  static StepUnderTest<String, String, JoinRow> join(
      int sides, JoinInsertMode insert, JoinEmitMode emit) {
    return Fed.step(
        keyed -> {
          @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments
          JoinSide<String, ?>[] all =
              IntStream.rangeClosed(1, sides)
                  .mapToObj(side -> values(keyed, side))
                  .toArray(JoinSide[]::new);
          return Join.of("join", insert, emit, all);
        },
        false);
  }

  /** A join of two sides in a dataflow that unites as many streams as one with three. */
  private static KeyedStep<String, JoinRow> ofTwo(KeyedStream<String, String> keyed) {
    return Join.of(
        "join",
        LAST,
        COMPLETE,
        values(keyed, 1),
        values(keyed.union(keyed.filter(word -> false)).keyBy(word -> word.substring(0, 1)), 2));
  }

  private static JoinSide<String, String> values(KeyedStream<String, String> keyed, int side) {
    return keyed
        .filter(word -> word.charAt(1) == '0' + side)
        .map(word -> word.substring(2))
        .side(Types.STRING);
  }

  private static StepRun<String, String, JoinRow> run(
      JoinInsertMode insert, JoinEmitMode emit, boolean restarting, String... words) {
    var run = join(3, insert, emit).restarting(restarting).run();
    List.of(words).forEach(run::processElement);
    return run;
  }

  private static List<String> rows(StepRun<?, ?, JoinRow> run) {
    return run.takeOutput().stream().map(JoinRow::toString).toList();
  }

  private static List<String> atTheEnd(StepRun<?, ?, JoinRow> run) {
    assertThat(rows(run)).isEmpty();
    run.endInput();
    return rows(run);
  }

  @LiveAndRestarting
  void completeEmitsWhenEverySideIsThereThenBeginsAnew(boolean restarting) {
    var run = run(LAST, COMPLETE, restarting, "a1x", "b2y", "a3z", "a1w");
    assertThat(rows(run)).isEmpty();
    run.processElement("a2y");
    assertThat(rows(run)).containsExactly("[w, y, z]");
    assertThat(run.view("a").states()).isEmpty();
    run.processElement("a2v");
    run.processElement("a3v");
    assertThat(rows(run)).isEmpty();
    run.processElement("a1v");
    assertThat(rows(run)).containsExactly("[v, v, v]");
    run.processElement("b1y");
    run.endInput();
    assertThat(rows(run)).isEmpty();
  }

  @LiveAndRestarting
  void completeWithTheFirstIgnoresLaterOnes(boolean restarting) {
    assertThat(rows(run(FIRST, COMPLETE, restarting, "a1x", "a1w", "a2y", "a2v", "a3z")))
        .containsExactly("[x, y, z]");
  }

  @LiveAndRestarting
  void completeWithTheProductEmitsEveryCombination(boolean restarting) {
    var run = run(PRODUCT, COMPLETE, restarting, "a1x", "a1w", "a3z", "a3v", "a2y", "a2u");
    assertThat(rows(run)).containsExactly("[x, y, z]", "[x, y, v]", "[w, y, z]", "[w, y, v]");
  }

  @LiveAndRestarting
  void finalEmitsAtTheEndWithNullForWhatIsMissing(boolean restarting) {
    assertThat(atTheEnd(run(LAST, FINAL, restarting, "a1x", "b3z", "a1w", "a2y", "a3u")))
        .containsExactlyInAnyOrder("[w, y, u]", "[null, null, z]");
  }

  @LiveAndRestarting
  void finalWithTheFirstIgnoresLaterOnes(boolean restarting) {
    assertThat(atTheEnd(run(FIRST, FINAL, restarting, "a1x", "a1w", "a3y", "a3z")))
        .containsExactly("[x, null, y]");
  }

  @LiveAndRestarting
  void finalWithTheProductEmitsEveryCombination(boolean restarting) {
    assertThat(atTheEnd(run(PRODUCT, FINAL, restarting, "a1x", "a1w", "a3y", "a3z")))
        .containsExactly("[x, null, y]", "[x, null, z]", "[w, null, y]", "[w, null, z]");
  }

  @LiveAndRestarting
  void runningEmitsAfterEveryElementAndForgetsNothing(boolean restarting) {
    var run = run(LAST, RUNNING, restarting, "a1x", "a2y", "a3z", "a1w");
    assertThat(rows(run))
        .containsExactly("[x, null, null]", "[x, y, null]", "[x, y, z]", "[w, y, z]");
    assertThat(run.numKeyedStateEntries()).isEqualTo(3);
    run.endInput();
    assertThat(rows(run)).isEmpty();
  }

  @LiveAndRestarting
  void runningWithTheFirstEmitsAgainWhatItHas(boolean restarting) {
    assertThat(rows(run(FIRST, RUNNING, restarting, "a1x", "a1w", "a2y")))
        .containsExactly("[x, null, null]", "[x, null, null]", "[x, y, null]");
  }

  @LiveAndRestarting
  void runningWithTheProductEmitsEveryCombinationSoFar(boolean restarting) {
    assertThat(rows(run(PRODUCT, RUNNING, restarting, "a1x", "a2y", "a1w")))
        .containsExactly("[x, null, null]", "[x, y, null]", "[x, y, null]", "[w, y, null]");
  }

  @Test
  void theEndReachesRowsThatSleep() {
    var run = run(LAST, FINAL, false, "a1x", "b1y");
    run.restart();
    run.processElement("a2z");
    assertThat(atTheEnd(run)).containsExactlyInAnyOrder("[x, z, null]", "[y, null, null]");
  }

  @Test
  void valuesOfAnotherNumberOfSidesAreRefusedAndStay() {
    var three = run(LAST, COMPLETE, false, "a1x", "a2y");
    var two = three.restartAs(Fed.step(JoinTest::ofTwo, false));
    assertThatThrownBy(() -> two.processElement("a1w"))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith("dataflow \"" + two.dataflow() + "\" step \"join\" key \"a\"")
        .hasMessageContaining("not of this join of 2 sides")
        .hasMessageContaining("give the join another step id");
    two.processElement("b1w");
    two.processElement("b2w");
    assertThat(rows(two)).containsExactly("[w, w]");
    var back = two.restartAs(join(3, LAST, COMPLETE));
    back.processElement("a3z");
    assertThat(rows(back)).containsExactly("[x, y, z]");
  }

  @Test
  void aJoinMayGoOnWithOtherModes() {
    var last = run(LAST, COMPLETE, false, "a1x", "a2y");
    var product = last.restartAs(join(3, PRODUCT, RUNNING));
    product.processElement("a2v");
    assertThat(rows(product)).containsExactly("[x, y, null]", "[x, v, null]");
  }
}
