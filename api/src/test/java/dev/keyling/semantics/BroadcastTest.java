package dev.keyling.semantics;

import static dev.keyling.semantics.Broadcasting.SIDE;
import static dev.keyling.semantics.Broadcasting.limiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.DeadLetter;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.Broadcasting.Limit;
import dev.keyling.semantics.Broadcasting.Payment;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.time.TimestampedValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SEMANTICS F8 and O4: broadcast elements, and the state that they make. */
@SemanticsSuite
@Proves({"F8", "O4"})
class BroadcastTest {
  @LiveAndRestarting
  void everyKeySeesWhatWasBroadcastBefore(boolean restarting) {
    var run = limiting().withTimestamps().restarting(restarting).run();
    run.processElement(new Payment("a", "card", 10));
    run.processElement(new Limit("card", 5), 7);
    run.processElement(new Payment("a", "cash", 1));
    run.processElement(new Payment("b", "card", 6), 8);
    run.processElement(new Payment("a", "card", 1));
    assertThat(run.takeTimestampedOutput())
        .containsExactlyInAnyOrder(
            new TimestampedValue<>("card at 7", 7L),
            new TimestampedValue<>("b 6 > 5", 8L),
            new TimestampedValue<>("a 12 > 5", null));
  }

  @LiveAndRestarting
  void everyKeyGroupHandlesEveryBroadcastElementOnce(boolean restarting) {
    var run = limiting().withSideOutputs(SIDE).restarting(restarting).run();
    run.processElement(new Limit("cash", 5));
    assertThat(run.takeSideOutput(SIDE))
        .hasSize(2 * run.keyGroups())
        .contains("group 0", "group " + run.keyGroups() / 2, "group " + (run.keyGroups() - 1));
  }

  @LiveAndRestarting
  void aStateIsChangedOnEveryKeyThatHoldsIt(boolean restarting) {
    var run = limiting().restarting(restarting).run();
    for (String user : List.of("a", "b", "c")) {
      run.processElement(new Payment(user, "card", 10));
    }
    run.processElement(new Limit("card", 5));
    run.processElement(new Limit("nothing", 0));
    assertThat(run.numKeyedStateEntries()).isZero();
    assertThat(run.numEventTimeTimers()).isEqualTo(3);
    run.takeOutput();
    run.processElement(new Payment("a", "card", 5));
    run.processElement(new Payment("b", "card", 6));
    assertThat(run.takeOutput()).containsExactly("b 6 > 5");
  }

  @Test
  void theBroadcastStateGoesBackWithWhatFails() {
    var run = limiting().run();
    run.processElement(new Limit("card", 5));
    assertThatThrownBy(() -> run.rollBack(List.of(new Limit("card", 500), new Limit("card", -1))))
        .isInstanceOf(StepFailure.class);
    run.takeOutput();
    run.processElement(new Payment("a", "card", 6));
    assertThat(run.takeOutput()).containsExactly("a 6 > 5");
  }

  @LiveAndRestarting
  void theBroadcastStateIsNoKeyAndNoEntryOfOne(boolean restarting) {
    var run = limiting().restarting(restarting).run();
    run.processElement(new Limit("card", 5));
    assertThat(run.numKeyedStateEntries()).isZero();
    assertThat(run.storesNothing()).isFalse();
    run.processElement(new Payment("a", "card", 1));
    assertThat(run.view("a").states()).isEqualTo(Map.of("sum", 1L));
    assertThat(run.numKeyedStateEntries()).isEqualTo(1);
    run.takeOutput();
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("a timer");
  }

  @LiveAndRestarting
  void whatThrowsIsSkippedWithoutAKeyAndLeavesNoTrace(boolean restarting) {
    var run = limiting().withSideOutputs(SIDE).skipping().restarting(restarting).run();
    run.processElement(new Limit("card", 5));
    run.takeSideOutput(SIDE);
    run.processElement(new Limit("card", -1));
    List<DeadLetter> letters = run.takeDeadLetters();
    assertThat(letters).hasSize(run.keyGroups());
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.key()).isNull();
              assertThat(letter.element()).isEqualTo(new Limit("card", -1));
              assertThat(letter.cause()).hasMessage("a negative limit");
            });
    assertThat(run.takeSideOutput(SIDE)).isEmpty();
    run.processElement(new Payment("a", "card", 6));
    assertThat(run.takeOutput()).contains("a 6 > 5");
  }

  @Test
  void whatThrowsFailsTheStepThatDoesNotSkip() {
    var run = limiting().run();
    assertThatThrownBy(() -> run.processElement(new Limit("card", -1)))
        .isInstanceOf(StepFailure.class)
        .hasMessage(
            "dataflow \"%s\" step \"limits\": processBroadcastElement threw"
                    .formatted(run.dataflow())
                + " java.lang.IllegalArgumentException: a negative limit on Limit[kind=card,"
                + " amount=-1]");
  }
}
