package dev.keyling.semantics;

import static dev.keyling.semantics.Windowed.LATE;
import static dev.keyling.semantics.Windowed.ms;
import static dev.keyling.semantics.Windowed.tumbling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import dev.keyling.window.Windows;
import org.junit.jupiter.api.Test;

/** SEMANTICS F10: windows in event time, when they fire, and what comes late. */
@SemanticsSuite
@Proves("F10")
class WindowsTest {

  @LiveAndRestarting
  void aWindowHasItsStartAndNotItsEnd(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(tumbling(10)));
    run.processElement("a1", 10);
    run.processElement("a2", 19);
    run.processElement("a3", 20);
    run.processWatermark(18);
    assertThat(run.takeTimestampedOutput()).isEmpty();
    run.processWatermark(19);
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>("[10,20) a1 a2", 19L));
    run.processWatermark(29);
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>("[20,30) a3", 29L));
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void everyKeyHasWindowsOfItsOwn(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(tumbling(10)));
    run.processElement("a1", 1);
    run.processElement("b1", 2);
    run.processElement("a2", 3);
    run.processWatermark(9);
    assertThat(run.takeOutput()).containsExactlyInAnyOrder("[0,10) a1 a2", "[0,10) b1");
  }

  @LiveAndRestarting
  void anOffsetMovesWindows(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(tumbling(10).withOffset(ms(3))));
    run.processElement("a1", 2);
    run.processElement("a2", 3);
    run.processElement("a3", -8);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[-17,-7) a3", "[-7,3) a1", "[3,13) a2");
  }

  @LiveAndRestarting
  void slidingWindowsOverlap(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(Windows.sliding(ms(10), ms(5))));
    run.processElement("a1", 7);
    run.processElement("a2", 12);
    run.processWatermark(9);
    assertThat(run.takeOutput()).containsExactly("[0,10) a1");
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[5,15) a1 a2", "[10,20) a2");
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void whatFallsBetweenSlidingWindowsIsInNone(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(Windows.sliding(ms(5), ms(10))));
    run.processElement("a1", 4);
    run.processElement("a2", 5);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[0,5) a1");
    assertThat(run.takeSideOutput(LATE)).isEmpty();
  }

  @LiveAndRestarting
  void manyWindowsThatEndTogetherFireOnceEach(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(Windows.sliding(ms(6), ms(2))));
    run.processElement("a1", 5);
    run.processWatermark(100);
    assertThat(run.takeOutput()).containsExactly("[0,6) a1", "[2,8) a1", "[4,10) a1");
    run.processWatermark(200);
    run.endInput();
    assertThat(run.takeOutput()).isEmpty();
  }

  @LiveAndRestarting
  void anElementIsLateWhenItsWindowIsOver(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(tumbling(10)));
    run.processWatermark(8);
    run.processElement("a1", 1);
    run.processWatermark(9);
    assertThat(run.takeOutput()).containsExactly("[0,10) a1");
    run.processElement("a2", 9);
    run.processElement("a3", 10);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[10,20) a3");
    assertThat(run.takeSideOutput(LATE)).containsExactly("a2");
  }

  @LiveAndRestarting
  void allowedLatenessFiresAgainUntilItIsOver(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(tumbling(10)).allowedLateness(ms(5)));
    run.processElement("a1", 1);
    run.processWatermark(9);
    assertThat(run.takeOutput()).containsExactly("[0,10) a1");
    run.processWatermark(13);
    run.processElement("a2", 2);
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>("[0,10) a1 a2", 9L));
    run.processWatermark(14);
    assertThat(run.takeOutput()).isEmpty();
    assertThat(run.storesNothing()).isTrue();
    run.processElement("a3", 3);
    assertThat(run.takeOutput()).isEmpty();
    assertThat(run.takeSideOutput(LATE)).containsExactly("a3");
  }

  @LiveAndRestarting
  void anElementThatOneOfItsWindowsTakesIsNotLate(boolean restarting) {
    var run = Windowed.run(restarting, words -> words.window(Windows.sliding(ms(10), ms(5))));
    run.processWatermark(9);
    run.processElement("a1", 7);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[5,15) a1");
    assertThat(run.takeSideOutput(LATE)).isEmpty();
  }

  @LiveAndRestarting
  void reduceEmitsOneValueForAWindow(boolean restarting) {
    var run =
        Windowed.words(
                words -> words.window(tumbling(10)).reduce("all", Types.STRING, (a, b) -> a + b))
            .restarting(restarting)
            .run();
    run.processElement("a1", 1);
    run.processElement("a2", 2);
    run.processElement("a3", 11);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("a1a2", "a3");
  }

  @LiveAndRestarting
  void aggregateStoresOneAccumulatorForAWindow(boolean restarting) {
    var run =
        Windowed.words(
                words ->
                    words.window(tumbling(10)).aggregate("all", Types.STRING, Windowed.joining()))
            .restarting(restarting)
            .run();
    run.processElement("a1", 1);
    int entries = run.numKeyedStateEntries();
    run.processElement("a2", 2);
    run.processElement("a3", 3);
    assertThat(run.numKeyedStateEntries()).isEqualTo(entries);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("a1a2a3");
    assertThat(run.storesNothing()).isTrue();
  }

  @Test
  void anElementWithoutATimestampFailsWithAWayOut() {
    var run = Windowed.run(false, words -> words.window(tumbling(10)));
    assertThatThrownBy(() -> run.processElement("a1"))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining(
            "dataflow \""
                + run.dataflow()
                + "\" step \"windows\" key \"a\": the element a1 has no"
                + " timestamp")
        .hasMessageContaining("put assignTimestampsAndWatermarks before keyBy");
  }
}
