package dev.keyling.semantics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.Dataflow;
import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import dev.keyling.testing.TestingSource;
import dev.keyling.time.TimestampedValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SEMANTICS Y3: elements that are emitted together. */
@SemanticsSuite
@Proves("Y3")
class CollectTest {
  private static KeyedStep<String, List<String>> threes(KeyedStream<String, String> keyed) {
    return keyed.collect("threes", Types.STRING, Duration.ofMillis(10), 3);
  }

  @LiveAndRestarting
  void asManyAsAreEnoughComeTogetherAndAreForgotten(boolean restarting) {
    var run = Fed.run(CollectTest::threes, restarting, "a1", "b1", "a2", "b2", "a3");
    assertThat(run.takeOutput()).containsExactly(List.of("a1", "a2", "a3"));
    run.processElement("b3");
    assertThat(run.takeOutput()).containsExactly(List.of("b1", "b2", "b3"));
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void everyElementSetsTheTimeAnew(boolean restarting) {
    var run = Fed.run(CollectTest::threes, restarting, "a1");
    run.setProcessingTime(9);
    run.processElement("a2");
    assertThat(run.numProcessingTimeTimers()).isEqualTo(1);
    run.setProcessingTime(18);
    assertThat(run.takeOutput()).isEmpty();
    run.setProcessingTime(19);
    assertThat(run.takeOutput()).containsExactly(List.of("a1", "a2"));
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void whatComesNextIsCollectedAnew(boolean restarting) {
    var run = Fed.run(CollectTest::threes, restarting, "a1", "a2", "a3", "a4");
    run.setProcessingTime(10);
    assertThat(run.takeOutput()).containsExactly(List.of("a1", "a2", "a3"), List.of("a4"));
    run.setProcessingTime(100);
    assertThat(run.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void whatIsLeftComesAtTheEndWithoutATimestamp(boolean restarting) {
    var run = Fed.step(CollectTest::threes, restarting).withTimestamps().run();
    List.of("a1", "b1", "a2", "a3", "a4").forEach(word -> run.processElement(word, 7));
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>(List.of("a1", "a2", "a3"), 7L));
    run.endInput();
    assertThat(run.takeTimestampedOutput())
        .containsExactlyInAnyOrder(
            new TimestampedValue<>(List.of("a4"), null),
            new TimestampedValue<>(List.of("b1"), null));
  }

  @Test
  @Proves("decision 9")
  void aTimeThatPassesWhileNothingRunsCounts() {
    var run = Fed.run(CollectTest::threes, false, "a1");
    run.restart(Duration.ofMillis(10));
    assertThat(run.takeOutput()).containsExactly(List.of("a1"));
  }

  @Test
  void aTimeoutWithoutEndNeverComes() {
    var run =
        Fed.run(
            keyed -> keyed.collect("all", Types.STRING, Duration.ofSeconds(Long.MAX_VALUE), 2),
            false,
            "a1");
    run.setProcessingTime(1_000_000_000_000L);
    assertThat(run.takeOutput()).isEmpty();
    run.processElement("a2");
    assertThat(run.takeOutput()).containsExactly(List.of("a1", "a2"));
  }

  @Test
  void noElementsAndNoTimeAreRefusedWithTheStep() {
    var keyed = Dataflow.named("shop").from("orders", TestingSource.of("a")).keyBy(order -> order);
    assertThatThrownBy(() -> keyed.collect("all", Types.STRING, Duration.ofMillis(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dataflow shop step \"all\" collects up to 0 elements for PT0.001S; give it at least 1"
                + " element and 1 ms");
    assertThatThrownBy(() -> keyed.collect("all", Types.STRING, Duration.ofNanos(999_999), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Dataflow shop step \"all\" collects");
  }
}
