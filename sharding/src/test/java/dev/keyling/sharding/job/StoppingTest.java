package dev.keyling.sharding.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.checkpoint.Checkpoint;
import dev.keyling.checkpoint.CheckpointConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Behind the cut with which a job stops no checkpoint begins. */
class StoppingTest {
  private static final long NOW = 1_000;

  private final TriggerRules rules =
      new TriggerRules(
          "flow",
          new CheckpointConfig()
              .setCheckpointInterval(Duration.ofMillis(100))
              .setMaxConcurrentCheckpoints(5),
          1,
          () -> 0.0);

  private static CheckpointRequest.ByUser byUser() {
    return new CheckpointRequest.ByUser(new CompletableFuture<Checkpoint>());
  }

  private static List<Long> begun(List<TriggerEffect> effects) {
    return effects.stream()
        .filter(TriggerEffect.Begin.class::isInstance)
        .map(effect -> ((TriggerEffect.Begin) effect).id())
        .toList();
  }

  private List<Long> cut(boolean stops) {
    return begun(
        rules.request(new CheckpointRequest.Savepoint(new CompletableFuture<>(), stops), NOW));
  }

  @Test
  void whatIsWantedWaitsUntilTheJobGoesOn() {
    assertThat(cut(true)).containsExactly(1L);
    assertThat(begun(rules.request(byUser(), NOW))).isEmpty();
    assertThat(begun(rules.request(new CheckpointRequest.Last(), NOW))).isEmpty();
    assertThat(begun(rules.completed(1, NOW + 1))).isEmpty();
    assertThat(begun(rules.look(NOW + 500))).isEmpty();
    assertThat(begun(rules.goOn(NOW + 501))).containsExactly(2L);
  }

  @Test
  void anyOtherSavepointHoldsNothingBack() {
    assertThat(cut(false)).containsExactly(1L);
    assertThat(begun(rules.request(byUser(), NOW))).containsExactly(2L);
  }
}
