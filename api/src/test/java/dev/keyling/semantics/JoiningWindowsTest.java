package dev.keyling.semantics;

import static dev.keyling.semantics.TwoSides.LATE_LEFT;
import static dev.keyling.semantics.TwoSides.LATE_RIGHT;
import static dev.keyling.semantics.TwoSides.run;
import static dev.keyling.semantics.Windowed.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.OutputTag;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.state.Types;
import dev.keyling.time.TimestampedValue;
import dev.keyling.window.ClosedWindow;
import dev.keyling.window.JoinedWindows;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.Trigger;
import dev.keyling.window.TriggerContext;
import dev.keyling.window.TriggerResult;
import dev.keyling.window.Window;
import dev.keyling.window.Windows;
import java.util.List;
import java.util.function.UnaryOperator;

/** SEMANTICS F8 and F10: joins window by window. */
@SemanticsSuite
@Proves({"F8", "F10"})
class JoiningWindowsTest {
  private static final OutputTag<ClosedWindow<String, TimeWindow>> CLOSED =
      new OutputTag<>("closed");

  /** All pairs of windows of 10 ms. */
  private static StepRun<String, String, String> pairs(
      boolean restarting,
      UnaryOperator<JoinedWindows<String, String, String, TimeWindow>> by,
      OutputTag<?>... tags) {
    return run(
        restarting,
        sides ->
            by.apply(sides.left().join(sides.right()).window(Windows.tumbling(ms(10))))
                .apply("join", Types.STRING, Types.STRING, (left, right) -> left + right),
        tags);
  }

  @LiveAndRestarting
  void aWindowJoinGivesAllPairsOfAWindow(boolean restarting) {
    var run = pairs(restarting, join -> join);
    run.processElement("a1", 1);
    run.processElement("aR", 2);
    run.processElement("a2", 9);
    run.processElement("aS", 3);
    run.processElement("a3", 11);
    run.processElement("bR", 1);
    run.endInput();
    assertThat(run.takeTimestampedOutput())
        .containsExactly(
            new TimestampedValue<>("a1aR", 9L),
            new TimestampedValue<>("a1aS", 9L),
            new TimestampedValue<>("a2aR", 9L),
            new TimestampedValue<>("a2aS", 9L));
    assertThat(run.storesNothing()).isTrue();
  }

  @LiveAndRestarting
  void whatIsTooLateForAWindowJoinIsOnTheOutputOfItsSide(boolean restarting) {
    var run =
        pairs(
            restarting,
            join ->
                join.sideOutputLeftLateData(LATE_LEFT)
                    .sideOutputRightLateData(LATE_RIGHT)
                    .sideOutputClosed(CLOSED),
            LATE_LEFT,
            LATE_RIGHT,
            CLOSED);
    run.processElement("a1", 1);
    run.processElement("aR", 2);
    run.processWatermark(9);
    run.processElement("a2", 3);
    run.processElement("aS", 4);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("a1aR");
    assertThat(run.takeSideOutput(LATE_LEFT)).containsExactly("a2");
    assertThat(run.takeSideOutput(LATE_RIGHT)).containsExactly("aS");
    assertThat(run.takeSideOutput(CLOSED))
        .containsExactly(new ClosedWindow<>("a", new TimeWindow(0, 10), List.of()));
    assertThat(run.storesNothing()).isTrue();
  }

  /** A window that fires with an element of the user's that ends in "!". */
  private static final Trigger<Object, Window> AT_THE_BANG =
      new Trigger<>() {
        @Override
        public TriggerResult onElement(
            Object element, long timestamp, Window window, TriggerContext ctx) {
          return ((String) element).endsWith("!") ? TriggerResult.FIRE : TriggerResult.CONTINUE;
        }

        @Override
        public TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
          return TriggerResult.CONTINUE;
        }

        @Override
        public TriggerResult onProcessingTime(long time, Window window, TriggerContext ctx) {
          return TriggerResult.CONTINUE;
        }

        @Override
        public void clear(Window window, TriggerContext ctx) {}
      };

  @LiveAndRestarting
  void aTriggerOfAJoinSeesTheElements(boolean restarting) {
    var run = pairs(restarting, join -> join.trigger(AT_THE_BANG));
    run.processElement("a1", 1);
    run.processElement("aR", 2);
    assertThat(run.takeOutput()).isEmpty();
    run.processElement("a!", 3);
    assertThat(run.takeOutput()).containsExactly("a1aR", "a!aR");
  }

  @LiveAndRestarting
  void aCoGroupGetsSidesThatAreEmpty(boolean restarting) {
    var run =
        run(
            restarting,
            sides ->
                sides
                    .left()
                    .join(sides.right())
                    .window(Windows.session(ms(10)))
                    .allowedLateness(ms(5))
                    .<String>coGroup(
                        "groups",
                        Types.STRING,
                        Types.STRING,
                        (lefts, rights, out) ->
                            out.collect(String.join(" ", lefts) + "|" + String.join(" ", rights))));
    run.processElement("a1", 0);
    run.processElement("aR", 8);
    run.processElement("aS", 40);
    run.endInput();
    assertThat(run.takeOutput()).containsExactly("a1|aR", "|aS");
    assertThat(run.storesNothing()).isTrue();
  }
}
