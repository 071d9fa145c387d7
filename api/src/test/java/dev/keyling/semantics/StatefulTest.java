package dev.keyling.semantics;

import static dev.keyling.function.KeyLogic.DISCARD;
import static dev.keyling.function.KeyLogic.RETAIN;
import static dev.keyling.semantics.Obeying.append;
import static dev.keyling.semantics.Obeying.discard;
import static dev.keyling.semantics.Obeying.notifyAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.StatefulLogic;
import dev.keyling.semantics.Obeying.Order;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import java.time.Instant;

/** SEMANTICS Y5: a logic of one's own for each key. */
@SemanticsSuite
@Proves("Y5")
class StatefulTest {
  private final Obeying obeying = new Obeying();

  @LiveAndRestarting
  void eachKeyHasALogicThatGoesOnFromItsLastSnapshot(boolean restarting) {
    var run = obeying.obedient(restarting);
    run.processElement(append("a", "1"));
    run.processElement(append("b", "1"));
    run.processElement(append("a", "2"));
    assertThat(run.takeOutput()).containsExactlyInAnyOrder("anew1", "bnew1", "anew12");
    assertThat(run.view("a").states()).containsEntry("snapshot", "new12@");
  }

  @LiveAndRestarting
  void aLogicThatIsDiscardedLeavesNothingAndTheNextElementMakesAnother(boolean restarting) {
    var run = obeying.obedient(restarting);
    run.processElement(append("a", "1"));
    run.processElement(notifyAt("a", 10));
    run.processElement(discard("a"));
    assertThat(run.storesNothing()).isTrue();
    run.processElement(append("a", "2"));
    assertThat(run.takeOutput()).containsExactly("anew1", "anew2");
    run.setProcessingTime(10);
    assertThat(run.takeOutput()).isEmpty();
  }

  /** A logic that is made anew is asked before it is called: it may want nothing any more. */
  @LiveAndRestarting
  void theEndOfInputReachesEveryLogicThatIsLeft(boolean restarting) {
    obeying.onEof =
        (logic, out) -> {
          out.collect("left " + logic.text);
          return DISCARD;
        };
    var run = obeying.obedient(restarting);
    run.processElement(append("a", "1"));
    run.processElement(append("b", "2"));
    run.processElement(append("c", "3"));
    run.processElement(discard("b"));
    run.takeOutput();
    run.endInput();
    assertThat(run.takeOutput()).containsExactlyInAnyOrder("left new1", "left new3");
  }

  @LiveAndRestarting
  @Proves("error 5")
  void whatACallThatThrowsHasDoneToTheLogicIsUndone(boolean restarting) {
    var run = obeying.obedient().skipping().restarting(restarting).run();
    run.processElement(append("a", "1"));
    run.processElement(
        new Order(
            "a",
            (logic, out) -> {
              logic.text += "damage";
              logic.due = Instant.ofEpochMilli(10);
              out.collect("never");
              throw new IllegalStateException("no");
            }));
    run.processElement(append("a", "2"));
    assertThat(run.takeOutput()).containsExactly("anew1", "anew12");
    assertThat(run.numProcessingTimeTimers()).isZero();
    assertThat(run.takeDeadLetters()).singleElement().extracting("key").isEqualTo("a");
  }

  @LiveAndRestarting
  void aLogicThatOnlyTakesItemsIsNeverNotifiedAndKeptAtTheEnd(boolean restarting) {
    var run =
        Fed.run(
            keyed ->
                keyed.stateful(
                    "longest", Types.STRING, (ctx, longest) -> new Longest(longest.orElse(""))),
            restarting,
            "a1",
            "a333",
            "a22");
    run.setProcessingTime(1000);
    assertThat(run.takeOutput()).containsExactly("a1", "a333", "a333");
    run.endInput();
    assertThat(run.takeOutput()).isEmpty();
  }

  private static final class Longest implements StatefulLogic<String, String, String> {
    private String longest;

    Longest(String longest) {
      this.longest = longest;
    }

    @Override
    public boolean onItem(String word, Collector<String> out) {
      longest = word.length() > longest.length() ? word : longest;
      out.collect(longest);
      return RETAIN;
    }

    @Override
    public String snapshot() {
      return longest;
    }
  }
}
