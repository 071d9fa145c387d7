package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.sharding.job.CheckpointRequest.ByUser;
import dev.keyling.sharding.job.CheckpointRequest.Early;
import dev.keyling.sharding.job.CheckpointRequest.Last;
import dev.keyling.sharding.job.CheckpointRequest.Periodic;
import dev.keyling.sharding.job.CheckpointRequest.Savepoint;
import dev.keyling.sharding.job.TriggerEffect.Begin;
import dev.keyling.sharding.job.TriggerEffect.GiveUp;
import dev.keyling.sharding.job.TriggerEffect.LookAgain;
import dev.keyling.sharding.job.TriggerEffect.Refuse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which checkpoints begin when; the time is a number. Checkpoint ids begin at 1. */
class TriggerRulesTest {
  private static final CheckpointRequest PERIODIC = new Periodic();
  private static final Throwable BROKEN = new IllegalStateException("broken");

  private final CheckpointConfig config =
      new CheckpointConfig().setCheckpointInterval(Duration.ofMillis(100));
  private double random;

  private TriggerRules rules() {
    return new TriggerRules("flow", config.resolved("flow"), 1, () -> random);
  }

  /** Rules that have seen the first periodic trigger, at time 0. */
  private TriggerRules running() {
    random = 0;
    TriggerRules rules = rules();
    rules.start(0);
    return rules;
  }

  private CheckpointConfig minPause(long millis) {
    return config.setMinPauseBetweenCheckpoints(Duration.ofMillis(millis));
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

  private static List<TriggerEffect> begun(List<TriggerEffect> effects) {
    return effects.stream().filter(Begin.class::isInstance).toList();
  }

  @Test
  void theFirstComesAfterARandomPartOfTheIntervalAtLeastTheMinimumPause() {
    minPause(40);
    random = 0;
    assertThat(rules().start(1_000)).containsExactly(new LookAgain(40));
    random = 0.5;
    assertThat(rules().start(1_000)).containsExactly(new LookAgain(40 + 30));
    random = 0.999_999;
    assertThat(rules().start(1_000)).containsExactly(new LookAgain(100));
  }

  @Test
  void thenOneComesEachInterval() {
    TriggerRules rules = running();
    assertThat(rules.look(0)).containsExactly(begin(1, PERIODIC), new LookAgain(100));
    assertThat(rules.completed(1, 30)).isEmpty();
    assertThat(rules.look(99)).containsExactly(new LookAgain(1));
    assertThat(rules.look(104)).containsExactly(begin(2, PERIODIC), new LookAgain(96));
  }

  @Test
  void intervalsThatWereMissedAreNotMadeUpFor() {
    TriggerRules rules = running();
    assertThat(rules.look(550)).containsExactly(begin(1, PERIODIC), new LookAgain(100));
  }

  @Test
  void withoutAnIntervalNoneComesByItself() {
    TriggerRules rules = new TriggerRules("flow", new CheckpointConfig(), 1, () -> 0);
    assertThat(rules.start(0)).isEmpty();
    assertThat(rules.look(1_000_000)).isEmpty();
  }

  @Test
  void onePeriodicWaitsWhileThereAreTooManyAndBeginsWhenOneIsComplete() {
    TriggerRules rules = running();
    rules.look(0);
    assertThat(rules.look(100)).containsExactly(new LookAgain(100));
    assertThat(rules.look(200)).containsExactly(new LookAgain(100));
    assertThat(rules.completed(1, 250)).containsExactly(begin(2, PERIODIC));
    assertThat(rules.completed(2, 260)).isEmpty();
  }

  @Test
  void asManyAreInProgressAsMayBe() {
    config.setMaxConcurrentCheckpoints(2);
    TriggerRules rules = running();
    assertThat(begun(rules.look(0))).containsExactly(begin(1, PERIODIC));
    assertThat(begun(rules.look(100))).containsExactly(begin(2, PERIODIC));
    assertThat(begun(rules.look(200))).isEmpty();
    assertThat(begun(rules.completed(1, 201))).containsExactly(begin(3, PERIODIC));
  }

  @Test
  void thePauseIsFromTheCompletionToTheNextPeriodicOne() {
    minPause(80);
    TriggerRules rules = running();
    rules.look(80);
    assertThat(rules.completed(1, 150)).isEmpty();
    assertThat(rules.look(180)).containsExactly(new LookAgain(50));
    assertThat(rules.look(229)).containsExactly(new LookAgain(1));
    assertThat(rules.look(230)).containsExactly(begin(2, PERIODIC), new LookAgain(50));
  }

  @Test
  void aFailedOneMakesNoPause() {
    minPause(80);
    config.setTolerableCheckpointFailureNumber(9);
    TriggerRules rules = running();
    rules.look(80);
    rules.look(180);
    assertThat(rules.failed(1, BROKEN, 190))
        .containsExactly(new GiveUp(1, BROKEN), begin(2, PERIODIC));
  }

  @Test
  void whatAUserAsksForAndSavepointsAndTheLastAndAnEarlyOneDoNotWaitForThePause() {
    minPause(80);
    TriggerRules rules = running();
    rules.look(80);
    rules.completed(1, 90);
    ByUser user = user();
    assertThat(begun(rules.request(user, 91))).containsExactly(begin(2, user));
    rules.completed(2, 92);
    Savepoint savepoint = savepoint();
    assertThat(begun(rules.request(savepoint, 93))).containsExactly(begin(3, savepoint));
    rules.completed(3, 94);
    assertThat(begun(rules.request(new Early(), 95))).containsExactly(begin(4, new Early()));
    rules.completed(4, 96);
    assertThat(begun(rules.request(new Last(), 97))).containsExactly(begin(5, new Last()));
  }

  @Test
  void savepointsDoNotWaitForOthersButTheRestDoes() {
    TriggerRules rules = running();
    rules.look(0);
    assertThat(begun(rules.request(user(), 1))).isEmpty();
    assertThat(begun(rules.request(new Early(), 2))).isEmpty();
    Savepoint one = savepoint();
    assertThat(begun(rules.request(one, 3))).containsExactly(begin(2, one));
    Savepoint another = savepoint();
    assertThat(begun(rules.request(another, 4))).containsExactly(begin(3, another));
    assertThat(begun(rules.request(new Last(), 5))).isEmpty();
  }

  @Test
  void oneThatBeginsServesAllThatWaitTheMostUrgentFirstThenTheOldest() {
    TriggerRules rules = running();
    rules.look(0);
    ByUser first = user();
    ByUser second = user();
    rules.request(first, 1);
    rules.look(100);
    rules.request(second, 101);
    Last last = new Last();
    rules.request(last, 102);
    assertThat(begun(rules.completed(1, 103))).containsExactly(begin(2, last, first, second));
  }

  @Test
  void anEarlyOneComesBeforeUsersAndUsersBeforeThePeriodicOne() {
    config.setTolerableCheckpointFailureNumber(9);
    TriggerRules rules = running();
    rules.look(0);
    ByUser user = user();
    rules.look(100);
    rules.request(user, 101);
    rules.request(new Early(), 102);
    assertThat(begun(rules.failed(1, BROKEN, 103)))
        .containsExactly(begin(2, new Early(), user, PERIODIC));
  }

  @Test
  void manyEarlyRequestsAreOneAndAnyCompletionAnswersThem() {
    TriggerRules rules = running();
    rules.look(0);
    rules.request(new Early(), 1);
    rules.request(new Early(), 2);
    assertThat(rules.completed(1, 3)).isEmpty();
  }

  @Test
  void aThousandMayWaitAndTheNextIsRefusedAPeriodicOneMakingRoom() {
    TriggerRules rules = running();
    rules.look(0);
    rules.look(100);
    for (int i = 0; i < TriggerRules.MAX_WAITING; i++) {
      assertThat(rules.request(user(), 101)).noneMatch(Refuse.class::isInstance);
    }
    ByUser oneMore = user();
    List<TriggerEffect> effects = rules.request(oneMore, 102);
    assertThat(effects).hasSize(1);
    Refuse refused = (Refuse) effects.get(0);
    assertThat(refused.request()).isSameAs(oneMore);
    assertThat(refused.cause())
        .hasMessage(
            "dataflow \"flow\": no checkpoint, as 1000 requests are waiting for one; wait for those before you ask for more");
    Begin next = (Begin) begun(rules.completed(1, 103)).get(0);
    assertThat(next.requests()).hasSize(1000).allMatch(ByUser.class::isInstance);
  }

  @Test
  void aFullQueueStillTakesTheLastOneAndAnEarlyOne() {
    TriggerRules rules = running();
    rules.look(0);
    for (int i = 0; i < TriggerRules.MAX_WAITING; i++) {
      rules.request(user(), 1);
    }
    assertThat(rules.request(new Early(), 2)).noneMatch(Refuse.class::isInstance);
    assertThat(rules.request(new Last(), 3)).noneMatch(Refuse.class::isInstance);
    Begin next = (Begin) begun(rules.completed(1, 4)).get(0);
    assertThat(next.requests()).startsWith(new Last()).hasSize(TriggerRules.MAX_WAITING + 1);
  }

  @Test
  void whatWaitsIsHandedBackWhenTheAttemptIsOver() {
    TriggerRules rules = running();
    rules.look(0);
    ByUser user = user();
    rules.request(user, 1);
    assertThat(rules.abandon()).containsExactly(user);
    assertThat(rules.abandon()).isEmpty();
  }
}
