package dev.keyling.semantics;

import static dev.keyling.semantics.Matching.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.Matching.Order;
import dev.keyling.semantics.Matching.Payment;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8: two keyed streams, one function, the state and timers of a key shared. */
@SemanticsSuite
@Proves("F8")
class ConnectTest {
  private static StepUnderTest<String, Object, String> match() {
    return StepUnderTest.<String, Object, String>ofStep(
        Matching::orderOf, Types.STRING, Matching::step);
  }

  @LiveAndRestarting
  void bothInputsShareTheStateOfAKey(boolean restarting) {
    var run = match().withTimestamps().restarting(restarting).run();
    run.processElement(new Order("a", "tea"));
    run.processElement(new Payment("b", 7));
    assertThat(run.takeOutput()).isEmpty();
    run.processElement(new Payment("a", 5), 42);
    run.processElement(new Order("b", "rice"));
    assertThat(run.takeTimestampedOutput())
        .containsExactlyInAnyOrder(
            new TimestampedValue<>("a: tea for 5", 42L),
            new TimestampedValue<>("b: rice for 7", null));
    assertThat(run.numKeyedStateEntries()).isZero();
  }

  @LiveAndRestarting
  void bothInputsShareTheTimersOfAKey(boolean restarting) {
    var run = match().withSideOutputs(SIDE).restarting(restarting).run();
    run.processElement(new Order("a", "tea"));
    run.processElement(new Order("b", "rice"));
    run.processElement(new Payment("c", 1));
    run.processElement(new Payment("a", 5));
    assertThat(run.numEventTimeTimers()).isEqualTo(2);
    run.processWatermark(100);
    assertThat(run.takeSideOutput(SIDE)).containsExactlyInAnyOrder("b unpaid", "c unordered");
    run.endInput();
    assertThat(run.takeOutput())
        .containsExactlyInAnyOrder("a: tea for 5", "b is left", "c is left");
  }

  @Test
  void aFailureTakesBackWhatBothInputsDid() {
    var run = match().run();
    run.processElement(new Order("a", "tea"));
    assertThatThrownBy(
            () ->
                run.rollBack(
                    List.of(
                        new Payment("a", 5),
                        new Order("b", "rice"),
                        new Payment("b", 7),
                        new Order("b", ""))))
        .isInstanceOf(StepFailure.class);
    assertThat(run.takeOutput()).isEmpty();
    run.processElement(new Payment("a", 6));
    run.processElement(new Order("b", "rice"));
    assertThat(run.takeOutput()).containsExactly("a: tea for 6");
  }

  @LiveAndRestarting
  void aDeadLetterHoldsTheUsersElement(boolean restarting) {
    var run = match().skipping().restarting(restarting).run();
    run.processElement(new Order("a", ""));
    assertThat(run.takeDeadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.element()).isEqualTo(new Order("a", ""));
              assertThat(letter.key()).isEqualTo("a");
              assertThat(letter.cause()).hasMessage("an empty order");
            });
    assertThat(run.numKeyedStateEntries()).isZero();
  }

  @Test
  void aFailureNamesTheUsersElement() {
    var run = match().run();
    assertThatThrownBy(() -> run.processElement(new Order("a", "")))
        .isInstanceOf(StepFailure.class)
        .hasMessageStartingWith("dataflow \"" + run.dataflow() + "\" step \"match\" key \"a\"")
        .hasMessageEndingWith("on Order[id=a, goods=]");
  }
}
