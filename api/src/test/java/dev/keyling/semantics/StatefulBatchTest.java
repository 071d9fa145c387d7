package dev.keyling.semantics;

import static dev.keyling.function.KeyLogic.DISCARD;
import static dev.keyling.function.KeyLogic.RETAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.function.Collector;
import dev.keyling.function.StatefulBatchLogic;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SEMANTICS Y6: a logic of one's own for each key, for batches; how large they are is open. */
@SemanticsSuite
@Proves("Y6")
class StatefulBatchTest {

  /** Joins what comes; "!" discards, "?" asks to be notified at 100, "-" fails. */
  private static final class Joining implements StatefulBatchLogic<String, String, String> {
    private String text;
    private boolean asks;

    Joining(Optional<String> snapshot) {
      text = snapshot.orElse("");
      asks = text.endsWith("?");
    }

    @Override
    public boolean onBatch(List<String> values, Collector<String> out) {
      for (String value : values) {
        text += value.substring(1);
        out.collect(value.charAt(0) + ":" + text);
      }
      if (text.contains("-")) {
        throw new IllegalStateException("minus");
      }
      asks = text.endsWith("?");
      return text.endsWith("!") ? DISCARD : RETAIN;
    }

    @Override
    public boolean onNotify(Collector<String> out) {
      out.collect("notified of " + text);
      text = "";
      asks = false;
      return RETAIN;
    }

    @Override
    public boolean onEof(Collector<String> out) {
      out.collect("at the end " + text);
      return DISCARD;
    }

    @Override
    public Optional<Instant> notifyAt() {
      return asks ? Optional.of(Instant.ofEpochMilli(100)) : Optional.empty();
    }

    @Override
    public String snapshot() {
      return text;
    }
  }

  private static StepRun<String, String, String> joining(boolean restarting) {
    return StepUnderTest.<String, String, String>ofStep(
            element -> element.substring(0, 1),
            Types.STRING,
            keyed ->
                keyed.statefulBatch("join", Types.STRING, (ctx, snapshot) -> new Joining(snapshot)))
        .restarting(restarting)
        .run();
  }

  @LiveAndRestarting
  void eachKeyGoesOnFromItsLastSnapshot(boolean restarting) {
    var run = joining(restarting);
    List.of("a1", "b2", "a3").forEach(run::processElement);
    assertThat(run.takeOutput()).containsExactlyInAnyOrder("a:1", "b:2", "a:13");
    assertThat(run.view("a").states()).containsEntry("snapshot", "13");
  }

  @LiveAndRestarting
  void aDiscardedLogicLeavesNothingAndTheNextIsMadeAnew(boolean restarting) {
    var run = joining(restarting);
    List.of("a1", "a!").forEach(run::processElement);
    assertThat(run.storesNothing()).isTrue();
    run.processElement("a2");
    assertThat(run.takeOutput()).containsExactly("a:1", "a:1!", "a:2");
  }

  @LiveAndRestarting
  void aLogicIsNotifiedOnceWhenItsTimeHasCome(boolean restarting) {
    var run = joining(restarting);
    run.processElement("a?");
    run.setProcessingTime(99);
    assertThat(run.takeOutput()).containsExactly("a:?");
    run.setProcessingTime(1000);
    assertThat(run.takeOutput()).containsExactly("notified of ?");
  }

  @LiveAndRestarting
  void theEndOfInputReachesEveryKey(boolean restarting) {
    var run = joining(restarting);
    List.of("a1", "b2", "c!").forEach(run::processElement);
    run.takeOutput();
    run.endInput();
    assertThat(run.takeOutput()).containsExactlyInAnyOrder("at the end 1", "at the end 2");
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void aBatchThatThrowsLeavesNoTraceInStateAndLogic(boolean restarting) {
    var run = joining(restarting);
    run.processElement("a1");
    assertThatThrownBy(() -> run.rollBack(List.of("a2", "a-")))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"join\" key \"a\"");
    run.processElement("a3");
    assertThat(run.takeOutput()).containsExactly("a:1", "a:13");
  }
}
