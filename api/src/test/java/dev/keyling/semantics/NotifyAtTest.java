package dev.keyling.semantics;

import static dev.keyling.function.KeyLogic.DISCARD;
import static dev.keyling.function.KeyLogic.RETAIN;
import static dev.keyling.semantics.Obeying.append;
import static dev.keyling.semantics.Obeying.notified;
import static dev.keyling.semantics.Obeying.notifyAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.semantics.Obeying.Order;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y7, decision 1: when a logic is notified. */
@SemanticsSuite
@Proves({"Y5", "Y7"})
class NotifyAtTest {
  private final Obeying obeying = new Obeying();

  @LiveAndRestarting
  void aLogicIsNotifiedOnceWhenTheTimeHasComeAndNotBefore(boolean restarting) {
    obeying.onNotify = notified();
    var run = obeying.obedient(restarting);
    run.processElement(notifyAt("a", 10));
    run.processElement(notifyAt("b", 20));
    run.setProcessingTime(9);
    assertThat(run.takeOutput()).isEmpty();
    run.setProcessingTime(10);
    assertThat(run.takeOutput()).containsExactly("notified new");
    run.setProcessingTime(1000);
    assertThat(run.takeOutput()).containsExactly("notified new");
    assertThat(run.numProcessingTimeTimers()).isZero();
    assertThat(run.numKeyedStateEntries()).isEqualTo(2);
  }

  @LiveAndRestarting
  void aKeyHasOnePendingTimeWhichEveryAnswerReplaces(boolean restarting) {
    obeying.onNotify = notified();
    var run = obeying.obedient(restarting);
    run.processElement(notifyAt("a", 10));
    run.processElement(notifyAt("a", 30));
    run.processElement(append("a", "1"));
    run.processElement(notifyAt("a", 20));
    assertThat(run.numProcessingTimeTimers()).isEqualTo(1);
    run.setProcessingTime(19);
    assertThat(run.takeOutput()).containsExactly("anew1");
    run.setProcessingTime(30);
    assertThat(run.takeOutput()).containsExactly("notified new1");
  }

  @LiveAndRestarting
  @Proves("decision 1")
  void anAnswerOfNoneCancels(boolean restarting) {
    obeying.onNotify = notified();
    var run = obeying.obedient(restarting);
    run.processElement(notifyAt("a", 10));
    run.processElement(notifyAt("a", null));
    assertThat(run.numProcessingTimeTimers()).isZero();
    run.setProcessingTime(10);
    assertThat(run.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  @Proves("decision 9")
  void aTimeFinerThanTheClockIsNotComeTooEarlyAndThePastIsAtOnce(boolean restarting) {
    obeying.onNotify = notified();
    var run = obeying.obedient(restarting);
    run.setProcessingTime(5);
    run.processElement(notifyAt("a", Instant.ofEpochMilli(10).plusNanos(1)));
    run.setProcessingTime(10);
    assertThat(run.takeOutput()).isEmpty();
    run.setProcessingTime(11);
    assertThat(run.takeOutput()).containsExactly("notified new");
    run.processElement(notifyAt("b", Instant.MIN));
    run.setProcessingTime(12);
    assertThat(run.takeOutput()).containsExactly("notified new");
    run.processElement(notifyAt("b", Instant.MAX));
    run.setProcessingTime(1_000_000_000_000L);
    assertThat(run.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void aNotifiedLogicCanAskAgainAndBeDiscarded(boolean restarting) {
    obeying.onNotify =
        (logic, out) -> {
          out.collect("notified " + logic.text);
          logic.text += "!";
          logic.due = Instant.ofEpochMilli(20);
          return logic.text.endsWith("!!") ? DISCARD : RETAIN;
        };
    var run = obeying.obedient(restarting);
    run.processElement(notifyAt("a", 10));
    run.setProcessingTime(15);
    assertThat(run.takeOutput()).containsExactly("notified new");
    run.setProcessingTime(1000);
    assertThat(run.takeOutput()).containsExactly("notified new!");
    assertThat(run.storesNothing()).isTrue();
  }

  @Test
  @Proves("decision 9")
  void aTimeThatPassesWhileNothingRunsIsNotifiedOfAfterwards() {
    obeying.onNotify = notified();
    var run = obeying.obedient(false);
    run.processElement(notifyAt("a", 10));
    run.restart(Duration.ofMillis(50));
    assertThat(run.takeOutput()).containsExactly("notified new");
  }

  @Test
  @Proves("decision 1")
  void aWokenLogicIsAskedRightAfterItWasMade() {
    obeying.onNotify = notified();
    var run = obeying.obedient(false);
    run.processElement(notifyAt("a", 10));
    var other =
        run.restartAs(
            StepUnderTest.<String, Order, String>ofStep(
                Order::key,
                Types.STRING,
                keyed ->
                    keyed.stateful(
                        "logic",
                        Types.STRING,
                        (ctx, snapshot) ->
                            obeying.new Obedient(snapshot.map(text -> text.split("@")[0] + "@")))));
    other.setProcessingTime(10);
    assertThat(other.takeOutput()).isEmpty();
    other.processElement(append("a", "1"));
    assertThat(other.takeOutput()).containsExactly("anew1");
  }
}
