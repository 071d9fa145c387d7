package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.sharding.job.CheckpointRequest.ByUser;
import dev.keyling.sharding.job.CheckpointRequest.Last;
import dev.keyling.sharding.job.CheckpointRequest.Savepoint;
import dev.keyling.sharding.job.TriggerEffect.Begin;
import dev.keyling.sharding.job.TriggerEffect.FailAttempt;
import dev.keyling.sharding.job.TriggerEffect.GiveUp;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which checkpoints end before they are complete, and how many may. Ids begin at 1. */
class TriggerFailuresTest {
  private static final Throwable BROKEN = new IllegalStateException("broken");

  private final CheckpointConfig config =
      new CheckpointConfig().setCheckpointInterval(Duration.ofMillis(100));

  /** Rules whose first periodic trigger is due at time 0. */
  private TriggerRules running() {
    TriggerRules rules = new TriggerRules("flow", config.resolved("flow"), 1, () -> 0);
    rules.start(0);
    return rules;
  }

  private static ByUser user() {
    return new ByUser(new CompletableFuture<Checkpoint>());
  }

  private static Savepoint savepoint() {
    return new Savepoint(new CompletableFuture<Checkpoint>());
  }

  private static Begin begin(long id, CheckpointRequest... requests) {
    return new Begin(id, List.of(requests));
  }

  @Test
  void aCompleteOneEndsThoseBeforeItButNoSavepoint() {
    config.setMaxConcurrentCheckpoints(3);
    TriggerRules rules = running();
    rules.look(0);
    Savepoint savepoint = savepoint();
    rules.request(savepoint, 1);
    rules.look(100);
    List<TriggerEffect> effects = rules.completed(3, 110);
    assertThat(effects).hasSize(1);
    GiveUp subsumed = (GiveUp) effects.get(0);
    assertThat(subsumed.id()).isEqualTo(1);
    assertThat(subsumed.cause())
        .hasMessage("dataflow \"flow\": checkpoint 1 was subsumed, as checkpoint 3 is complete");
    assertThat(rules.failed(2, BROKEN, 111)).containsExactly(new GiveUp(2, BROKEN));
  }

  @Test
  void theFirstFailureFailsTheAttemptAndNothingBeginsAfterIt() {
    TriggerRules rules = running();
    rules.look(0);
    rules.look(100);
    assertThat(rules.failed(1, BROKEN, 101))
        .containsExactly(new GiveUp(1, BROKEN), new FailAttempt(BROKEN));
  }

  @Test
  void failuresInARowCountAndACompletionSetsTheCountToZero() {
    config.setTolerableCheckpointFailureNumber(1);
    TriggerRules rules = running();
    rules.look(0);
    assertThat(rules.failed(1, BROKEN, 1)).containsExactly(new GiveUp(1, BROKEN));
    rules.look(100);
    rules.completed(2, 101);
    rules.look(200);
    assertThat(rules.failed(3, BROKEN, 201)).containsExactly(new GiveUp(3, BROKEN));
    rules.look(300);
    assertThat(rules.failed(4, BROKEN, 301))
        .containsExactly(new GiveUp(4, BROKEN), new FailAttempt(BROKEN));
  }

  @Test
  void oneIdCountsOnce() {
    config.setTolerableCheckpointFailureNumber(1);
    TriggerRules rules = running();
    rules.look(0);
    rules.failed(1, BROKEN, 1);
    assertThat(rules.failed(1, BROKEN, 2)).isEmpty();
    assertThat(rules.failed(77, BROKEN, 3)).isEmpty();
  }

  @Test
  void oneThatFailsLeavesTheOthersInProgress() {
    config.setMaxConcurrentCheckpoints(2).setTolerableCheckpointFailureNumber(1);
    TriggerRules rules = running();
    rules.look(0);
    rules.look(100);
    assertThat(rules.failed(1, BROKEN, 101)).containsExactly(new GiveUp(1, BROKEN));
    assertThat(rules.completed(2, 102)).isEmpty();
  }

  @Test
  void savepointsDoNotCountNorDoSubsumedOnes() {
    config.setMaxConcurrentCheckpoints(2);
    TriggerRules rules = running();
    rules.request(savepoint(), 0);
    assertThat(rules.failed(1, BROKEN, 1)).containsExactly(new GiveUp(1, BROKEN));
    rules.request(user(), 2);
    rules.request(user(), 3);
    assertThat(rules.completed(3, 4)).noneMatch(FailAttempt.class::isInstance);
  }

  @Test
  void anyNumberIsTolerableToWhoSaysSo() {
    config.setTolerableCheckpointFailureNumber(Integer.MAX_VALUE);
    TriggerRules rules = running();
    for (int id = 1; id < 10_000; id++) {
      rules.request(user(), id);
      assertThat(rules.failed(id, BROKEN, id)).noneMatch(FailAttempt.class::isInstance);
    }
  }

  @Test
  void afterTheEndOfInputNoPeriodicOneComesAndTheLastIsTakenAgainIfItFails() {
    config.setTolerableCheckpointFailureNumber(1);
    TriggerRules rules = running();
    rules.look(0);
    rules.look(100);
    assertThat(rules.request(new Last(), 101)).isEmpty();
    assertThat(rules.look(200)).isEmpty();
    assertThat(rules.completed(1, 201)).containsExactly(begin(2, new Last()));
    assertThat(rules.failed(2, BROKEN, 202))
        .containsExactly(new GiveUp(2, BROKEN), begin(3, new Last()));
    assertThat(rules.completed(3, 203)).isEmpty();
  }
}
