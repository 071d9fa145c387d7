package dev.keyling.semantics;

import static dev.keyling.semantics.Windowed.ms;
import static dev.keyling.semantics.Windowed.tumbling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.OutputTag;
import dev.keyling.function.Collector;
import dev.keyling.function.RuntimeContext;
import dev.keyling.kernel.StepFailure;
import dev.keyling.semantics.world.SemanticsSuite;
import dev.keyling.state.KeyedStateStore;
import dev.keyling.state.Types;
import dev.keyling.state.ValueState;
import dev.keyling.state.ValueStateDescriptor;
import dev.keyling.time.TimestampedValue;
import dev.keyling.window.ProcessWindowFunction;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.WindowContext;
import dev.keyling.window.Windows;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** SEMANTICS F10: window functions, what they know and remember. */
@SemanticsSuite
@Proves("F10")
class WindowFunctionsTest {
  private static final OutputTag<String> SIDE = new OutputTag<>("side");
  private static final ValueStateDescriptor<Integer> FIRINGS =
      new ValueStateDescriptor<>("firings", Types.INT);

  /** Counts its firings: those of the window, those of the key, twice. */
  private static final class Counting
      implements ProcessWindowFunction<String, String, String, TimeWindow> {
    private final ValueState<Integer> ofKey;

    Counting(RuntimeContext ctx) {
      ofKey = ctx.getState(FIRINGS);
    }

    @Override
    public void process(
        String key, WindowContext<TimeWindow> ctx, Iterable<String> words, Collector<String> out) {
      int inWindow = next(firings(ctx.windowState()));
      int inKey = next(firings(ctx.globalState()));
      out.collect(key + " " + inWindow + " of " + inKey + " " + ofKey.value());
      ctx.output(SIDE, "at " + ctx.timerService().currentWatermark());
    }

    private static ValueState<Integer> firings(KeyedStateStore states) {
      return states.getState(FIRINGS);
    }

    private static int next(ValueState<Integer> count) {
      int next = Objects.requireNonNullElse(count.value(), 0) + 1;
      count.update(next);
      return next;
    }

    @Override
    public void clear(WindowContext<TimeWindow> ctx) {
      firings(ctx.windowState()).clear();
    }
  }

  @LiveAndRestarting
  void aWindowHasStatesOfItsOwnAndSharesThoseOfItsKey(boolean restarting) {
    var run =
        Windowed.words(
                words ->
                    words
                        .window(tumbling(10))
                        .allowedLateness(ms(5))
                        .process("count", Types.STRING, Counting::new))
            .withSideOutputs(SIDE)
            .restarting(restarting)
            .run();
    run.processElement("a1", 1);
    run.processWatermark(9);
    run.processElement("a2", 2);
    run.processElement("a3", 10);
    run.processWatermark(30);
    assertThat(run.takeOutput()).containsExactly("a 1 of 1 1", "a 2 of 2 2", "a 1 of 3 3");
    assertThat(run.takeSideOutput(SIDE)).containsExactly("at 9", "at 9", "at 30");
    assertThat(run.view("a").states()).containsOnlyKeys("firings").containsEntry("firings", 3);
  }

  @LiveAndRestarting
  void aFailureTakesBackWhatTheWindowDid(boolean restarting) {
    var run =
        Windowed.words(
                words ->
                    words
                        .window(tumbling(10))
                        .<String>process(
                            "throw",
                            Types.STRING,
                            ctx ->
                                (key, window, all, out) -> {
                                  out.collect(String.join(" ", all));
                                  if (all.iterator().next().endsWith("!")) {
                                    throw new IllegalArgumentException("a shout");
                                  }
                                }))
            .skipping()
            .withTimestamps()
            .restarting(restarting)
            .run();
    run.processElement("a!", 1);
    run.processElement("a2", 11);
    run.processWatermark(100);
    assertThat(run.takeTimestampedOutput()).containsExactly(new TimestampedValue<>("a2", 19L));
    assertThat(run.takeDeadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.cause()).hasMessage("a shout"));
  }

  @Test
  void sessionsHaveNoWindowState() {
    var run =
        Windowed.words(
                words ->
                    words
                        .window(Windows.session(ms(10)))
                        .process("count", Types.STRING, Counting::new))
            .run();
    run.processElement("a1", 1);
    assertThatThrownBy(run::endInput)
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"count\" key \"a\": windows that merge have no windowState()");
  }

  @Test
  void aWindowFunctionSetsNoTimers() {
    var run =
        Windowed.words(
                words ->
                    words
                        .window(tumbling(10))
                        .<String>process(
                            "timer",
                            Types.STRING,
                            ctx ->
                                (key, window, all, out) ->
                                    window.timerService().registerEventTimeTimer(5)))
            .run();
    run.processElement("a1", 1);
    assertThatThrownBy(() -> run.processWatermark(9))
        .isInstanceOf(StepFailure.class)
        .hasMessageContaining("step \"timer\" key \"a\": a window function has no onTimer");
  }
}
