package dev.keyling.examples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.Dataflow;
import dev.keyling.examples.programs.SpendingLimits.Limit;
import dev.keyling.examples.programs.SpendingLimits.Purchase;
import dev.keyling.examples.programs.SpendingLimits.Refusal;
import dev.keyling.testing.DataflowTestHarness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits and purchases come in turn: a limit, a purchase, a limit, … */
class SpendingLimitsTest {

  private static List<?> refusals(List<Limit> limits, List<Purchase> purchases) {
    Dataflow flow = Dataflow.named("test");
    var changes = flow.fromCollection("changes", limits);
    SpendingLimits.of(flow.fromCollection("purchases", purchases), changes).print("refusals");
    DataflowTestHarness harness = DataflowTestHarness.of(flow);
    harness.run();
    return harness.output("refusals");
  }

  @Test
  void refusesWhatBringsAUserAboveTheLimitOfTheTier() {
    assertThat(
            refusals(
                List.of(new Limit("basic", 100)),
                List.of(
                    new Purchase("u", "basic", 60),
                    new Purchase("u", "basic", 50),
                    new Purchase("v", "gold", 5_000),
                    new Purchase("u", "basic", 40),
                    new Purchase("u", "basic", 1))))
        .isEqualTo(List.of(new Refusal("u", 50, 60, 100), new Refusal("u", 1, 100, 100)));
  }

  @Test
  void lettingEverybodyBeginAgainIsPartOfANewLimit() {
    assertThat(
            refusals(
                List.of(new Limit("basic", 10), new Limit("gold", 99), new Limit("basic", 9)),
                List.of(
                    new Purchase("u", "basic", 8),
                    new Purchase("u", "basic", 9),
                    new Purchase("u", "basic", 9),
                    new Purchase("u", "basic", 1))))
        .isEqualTo(List.of(new Refusal("u", 1, 9, 9)));
  }
}
