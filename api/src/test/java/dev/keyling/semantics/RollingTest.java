package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import org.junit.jupiter.api.Test;

/** SEMANTICS F7, decision 12: results over all elements of a key so far. */
@SemanticsSuite
@Proves({"F7", "decision 12"})
class RollingTest {
  @LiveAndRestarting
  void aSumAnswersEveryElementWithTheFieldsAddedUp(boolean restarting) {
    assertThat(
            Fed.outputs(
                keyed -> keyed.sum("total", Types.LONG, Fed::number),
                restarting,
                "a3",
                "a-5",
                "b7",
                "a10"))
        .containsExactlyInAnyOrder(3L, -2L, 7L, 8L);
  }

  @LiveAndRestarting
  void aSumKeepsTheTypeOfItsField(boolean restarting) {
    assertThat(
            Fed.outputs(
                keyed -> keyed.sum("total", Types.INT, word -> (int) Fed.number(word)),
                restarting,
                "a2147483647",
                "a1"))
        .containsExactly(Integer.MAX_VALUE, Integer.MIN_VALUE);
    assertThat(
            Fed.outputs(
                keyed -> keyed.sum("total", Types.DOUBLE, word -> Fed.number(word) / 4.0),
                restarting,
                "a1",
                "a2"))
        .containsExactly(0.25, 0.75);
  }

  @LiveAndRestarting
  void minAndMaxAnswerWithTheFieldAlone(boolean restarting) {
    String[] words = {"a3", "a5", "a2", "b9", "a4"};
    assertThat(Fed.outputs(keyed -> keyed.min("least", Types.LONG, Fed::number), restarting, words))
        .containsExactlyInAnyOrder(3L, 3L, 2L, 9L, 2L);
    assertThat(Fed.outputs(keyed -> keyed.max("most", Types.LONG, Fed::number), restarting, words))
        .containsExactlyInAnyOrder(3L, 5L, 5L, 9L, 5L);
  }

  @LiveAndRestarting
  void minByAndMaxByAnswerWithTheElementAndTheFirstOfEqualOnes(boolean restarting) {
    String[] words = {"a22", "a1111", "a33", "a4", "a5", "a6666"};
    assertThat(
            Fed.outputs(
                keyed -> keyed.minBy("least", Types.STRING, String::length), restarting, words))
        .containsExactly("a22", "a22", "a22", "a4", "a4", "a4");
    assertThat(
            Fed.outputs(
                keyed -> keyed.maxBy("most", Types.STRING, String::length), restarting, words))
        .containsExactly("a22", "a1111", "a1111", "a1111", "a1111", "a1111");
  }

  @LiveAndRestarting
  void anAnswerHasTheTimestampOfItsElementAndTheEndBringsNone(boolean restarting) {
    var run =
        Fed.step(keyed -> keyed.sum("total", Types.LONG, Fed::number), restarting)
            .withTimestamps()
            .run();
    run.processElement("a1", 40);
    run.processElement("a2");
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>(1L, 40L), new TimestampedValue<>(3L, null));
    run.endInput();
    assertThat(run.takeTimestampedOutput()).isEmpty();
    assertThat(run.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void aFieldThatIsNullFailsTheElementAndChangesNothing() {
    var run =
        Fed.run(
            keyed ->
                keyed.sum("total", Types.LONG, word -> word.length() < 2 ? null : Fed.number(word)),
            false,
            "a3");
    assertThatThrownBy(() -> run.processElement("a"))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"total\" key \"a\"")
        .hasMessageContaining("the field of the element is null");
    run.processElement("a4");
    assertThat(run.takeOutput()).containsExactly(3L, 7L);
  }
}
