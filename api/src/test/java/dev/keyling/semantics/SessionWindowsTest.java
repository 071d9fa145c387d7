package dev.keyling.semantics;

import static dev.keyling.semantics.Windowed.LATE;
import static dev.keyling.semantics.Windowed.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.OutputTag;
import dev.keyling.function.AggregateFunction;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import dev.keyling.window.ClosedWindow;
import dev.keyling.window.ProcessWindowFunction;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.Trigger;
import dev.keyling.window.WindowedStream;
import dev.keyling.window.Windows;
import java.time.Duration;
import java.util.List;

/** SEMANTICS F10: sessions. */
@SemanticsSuite
@Proves("F10")
class SessionWindowsTest {
  private static final OutputTag<ClosedWindow<String, TimeWindow>> CLOSED =
      new OutputTag<>("closed");

  private static StepRun<String, String, String> sessions(boolean restarting) {
    return Windowed.run(restarting, words -> words.window(Windows.session(ms(10))));
  }

  @LiveAndRestarting
  void aSessionEndsAGapAfterItsLastElement(boolean restarting) {
    var run = sessions(restarting);
    run.processElement("a1", 1);
    run.processElement("a2", 8);
    run.processWatermark(16);
    assertThat(run.takeOutput()).isEmpty();
    run.processWatermark(17);
    assertThat(run.takeTimestampedOutput())
        .containsExactly(new TimestampedValue<>("[1,18) a1 a2", 17L));
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void elementsExactlyAGapApartAreInOneSession(boolean restarting) {
    var run = sessions(restarting);
    run.processElement("a1", 0);
    run.processElement("a2", 10);
    run.processElement("a3", 21);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[0,20) a1 a2", "[21,31) a3");
  }

  @LiveAndRestarting
  void anElementBetweenTwoSessionsMakesThemOne(boolean restarting) {
    var run = sessions(restarting);
    run.processElement("a1", 20);
    run.processElement("a2", 0);
    run.processElement("a3", 40);
    run.processElement("a4", 10);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[0,30) a2 a1 a4", "[40,50) a3");
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void whatIsFoldedIsMergedToo(boolean restarting) {
    var run =
        Windowed.words(
                words ->
                    words
                        .window(Windows.session(ms(10)))
                        .aggregate("all", Types.STRING, Windowed.joining()))
            .restarting(restarting)
            .run();
    run.processElement("a3", 20);
    run.processElement("a1", 0);
    run.processElement("a2", 10);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("a1a3a2");
  }

  @LiveAndRestarting
  void anElementThatExtendsAnOpenSessionIsNotLate(boolean restarting) {
    var run = sessions(restarting);
    run.processElement("a1", 8);
    run.processWatermark(15);
    run.processElement("a2", 2);
    run.processElement("a3", -9);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[2,18) a1 a2");
    assertThat(run.takeSideOutput(LATE)).containsExactly("a3");
  }

  @LiveAndRestarting
  void aSessionThatHasFiredGrowsWithinTheLateness(boolean restarting) {
    var run =
        Windowed.run(
            restarting, words -> words.window(Windows.session(ms(10))).allowedLateness(ms(20)));
    run.processElement("a1", 0);
    run.processWatermark(12);
    assertThat(run.takeOutput()).containsExactly("[0,10) a1");
    run.processElement("a2", 1);
    assertThat(run.takeOutput()).containsExactly("[0,11) a1 a2");
    run.processElement("a3", 9);
    assertThat(run.takeOutput()).isEmpty();
    run.processWatermark(18);
    assertThat(run.takeOutput()).containsExactly("[0,19) a1 a2 a3");
    run.endInput();
    assertThat(run.takeOutput()).isEmpty();
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void countsOfMergedSessionsAreAddedUp(boolean restarting) {
    var run =
        Windowed.run(
            restarting, words -> words.window(Windows.session(ms(10))).trigger(Trigger.count(3)));
    run.processElement("a1", 0);
    run.processElement("a2", 20);
    run.processElement("a3", 10);
    assertThat(run.takeOutput()).containsExactly("[0,30) a1 a2 a3");
  }

  @LiveAndRestarting
  void aSessionByTheClockEndsAGapAfterItsLastElement(boolean restarting) {
    var run =
        Windowed.run(restarting, words -> words.window(Windows.session(ms(10)).inProcessingTime()));
    run.setProcessingTime(100);
    run.processElement("a1");
    run.advanceProcessingTime(Duration.ofMillis(9));
    run.processElement("a2");
    run.advanceProcessingTime(Duration.ofMillis(9));
    assertThat(run.takeOutput()).isEmpty();
    run.advanceProcessingTime(Duration.ofMillis(10));
    assertThat(run.takeOutput()).containsExactly("[100,119) a1 a2");
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  @Proves("Y9")
  void aClosedSessionTellsWhatWasMerged(boolean restarting) {
    var run =
        Windowed.words(
                words -> {
                  WindowedStream<String, String, TimeWindow> sessions =
                      words.window(Windows.session(ms(10))).sideOutputClosed(CLOSED);
                  return sessions.aggregate(
                      "count", Types.LONG, AggregateFunction.counting(), ctx -> shown());
                })
            .withSideOutputs(CLOSED)
            .restarting(restarting)
            .run();
    run.processElement("a1", 20);
    run.processElement("a2", 0);
    run.processElement("a3", 10);
    run.processElement("a4", 50);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("[0,30) 3", "[50,60) 1");
    assertThat(run.takeSideOutput(CLOSED))
        .containsExactly(
            new ClosedWindow<>("a", new TimeWindow(0, 30), List.of(new TimeWindow(20, 30))),
            new ClosedWindow<>("a", new TimeWindow(50, 60), List.of()));
    assertThat(run.storesNothing()).isTrue();
  }

  private static ProcessWindowFunction<String, Long, String, TimeWindow> shown() {
    return (key, ctx, counts, out) ->
        counts.forEach(count -> out.collect(Windowed.shown(ctx.window()) + " " + count));
  }
}
