package dev.keyling.semantics;

import static dev.keyling.function.KeyLogic.DISCARD;
import static dev.keyling.function.KeyLogic.RETAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.function.Collector;
import dev.keyling.function.StatefulLogic;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y5, Y7, decision 1: a logic of one's own for each key. */
@SemanticsSuite
@Proves("Y5")
class StatefulTest {

  /** An element that does something to the logic of its key. */
  private record Order(String key, Deed deed) {}

  private interface Deed {
    boolean on(Obedient logic, Collector<String> out);
  }

  /** What a notified logic does, and one whose input has ended. */
  private volatile Deed onNotify = (logic, out) -> RETAIN;

  private volatile Deed onEof = (logic, out) -> RETAIN;

  /** Follows orders; remembers a text, and when it is to be notified. */
  private final class Obedient implements StatefulLogic<Order, String, String> {
    private String text;
    private @Nullable Instant due;

    Obedient(Optional<String> snapshot) {
      String[] parts = snapshot.orElse("new@").split("@", -1);
      text = parts[0];
      due = parts[1].isEmpty() ? null : Instant.parse(parts[1]);
    }

    @Override
    public boolean onItem(Order order, Collector<String> out) {
      return order.deed().on(this, out);
    }

    @Override
    public boolean onNotify(Collector<String> out) {
      due = null;
      return onNotify.on(this, out);
    }

    @Override
    public boolean onEof(Collector<String> out) {
      return onEof.on(this, out);
    }

    @Override
    public Optional<Instant> notifyAt() {
      return Optional.ofNullable(due);
    }

    @Override
    public String snapshot() {
      return text + "@" + (due == null ? "" : due);
    }
  }

  private StepUnderTest<String, Order, String> obedient() {
    return StepUnderTest.<String, Order, String>ofStep(
        Order::key,
        Types.STRING,
        keyed -> keyed.stateful("logic", Types.STRING, (ctx, snapshot) -> new Obedient(snapshot)));
  }

  private StepRun<String, Order, String> obedient(boolean restarting) {
    return obedient().restarting(restarting).run();
  }

  /** Has the logic append to its text, and emit it. */
  private static Order append(String key, String more) {
    return new Order(
        key,
        (logic, out) -> {
          logic.text += more;
          out.collect(key + logic.text);
          return RETAIN;
        });
  }

  private static Order discard(String key) {
    return new Order(key, (logic, out) -> DISCARD);
  }

  private static Order notifyAt(String key, @Nullable Instant due) {
    return new Order(
        key,
        (logic, out) -> {
          logic.due = due;
          return RETAIN;
        });
  }

  private static Order notifyAt(String key, long due) {
    return notifyAt(key, Instant.ofEpochMilli(due));
  }

  @LiveAndRestarting
  void eachKeyHasALogicThatGoesOnFromItsLastSnapshot(boolean restarting) {
    var run = obedient(restarting);
    run.processElement(append("a", "1"));
    run.processElement(append("b", "1"));
    run.processElement(append("a", "2"));
    assertThat(run.takeOutput()).containsExactlyInAnyOrder("anew1", "bnew1", "anew12");
    assertThat(run.view("a").states()).containsEntry("snapshot", "new12@");
  }

  @LiveAndRestarting
  void aLogicThatIsDiscardedLeavesNothingAndTheNextElementMakesAnother(boolean restarting) {
    var run = obedient(restarting);
    run.processElement(append("a", "1"));
    run.processElement(notifyAt("a", 10));
    run.processElement(discard("a"));
    assertThat(run.storesNothing()).isTrue();
    run.processElement(append("a", "2"));
    assertThat(run.takeOutput()).containsExactly("anew1", "anew2");
    run.setProcessingTime(10);
    assertThat(run.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void aLogicIsNotifiedOnceWhenTheTimeHasComeAndNotBefore(boolean restarting) {
    onNotify = notified();
    var run = obedient(restarting);
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

  private static Deed notified() {
    return (logic, out) -> {
      out.collect("notified " + logic.text);
      return RETAIN;
    };
  }

  @LiveAndRestarting
  @Proves("Y7")
  void aKeyHasOnePendingTimeWhichEveryAnswerReplaces(boolean restarting) {
    onNotify = notified();
    var run = obedient(restarting);
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
    onNotify = notified();
    var run = obedient(restarting);
    run.processElement(notifyAt("a", 10));
    run.processElement(notifyAt("a", null));
    assertThat(run.numProcessingTimeTimers()).isZero();
    run.setProcessingTime(10);
    assertThat(run.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  @Proves({"Y5", "decision 9"})
  void aTimeFinerThanTheClockIsNotComeTooEarlyAndThePastIsAtOnce(boolean restarting) {
    onNotify = notified();
    var run = obedient(restarting);
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
    onNotify =
        (logic, out) -> {
          out.collect("notified " + logic.text);
          logic.text += "!";
          logic.due = Instant.ofEpochMilli(20);
          return logic.text.endsWith("!!") ? DISCARD : RETAIN;
        };
    var run = obedient(restarting);
    run.processElement(notifyAt("a", 10));
    run.setProcessingTime(15);
    assertThat(run.takeOutput()).containsExactly("notified new");
    run.setProcessingTime(1000);
    assertThat(run.takeOutput()).containsExactly("notified new!");
    assertThat(run.storesNothing()).isTrue();
  }

  @Test
  @Proves({"Y7", "decision 9"})
  void aTimeThatPassesWhileNothingRunsIsNotifiedOfAfterwards() {
    onNotify = notified();
    var run = obedient(false);
    run.processElement(notifyAt("a", 10));
    run.restart(Duration.ofMillis(50));
    assertThat(run.takeOutput()).containsExactly("notified new");
  }

  /** A logic that is made anew is asked before it is called: it may want nothing any more. */
  @Test
  @Proves({"Y7", "decision 1"})
  void aWokenLogicIsAskedRightAfterItWasMade() {
    onNotify = notified();
    var run = obedient(false);
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
                            new Obedient(snapshot.map(text -> text.split("@")[0] + "@")))));
    other.setProcessingTime(10);
    assertThat(other.takeOutput()).isEmpty();
    other.processElement(append("a", "1"));
    assertThat(other.takeOutput()).containsExactly("anew1");
  }

  @LiveAndRestarting
  void theEndOfInputReachesEveryLogicThatIsLeft(boolean restarting) {
    onEof =
        (logic, out) -> {
          out.collect("left " + logic.text);
          return DISCARD;
        };
    var run = obedient(restarting);
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
    var run = obedient().skipping().restarting(restarting).run();
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
