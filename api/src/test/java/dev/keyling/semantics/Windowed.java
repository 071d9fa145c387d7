package dev.keyling.semantics;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.function.AggregateFunction;
import dev.keyling.function.Collector;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import dev.keyling.window.TimeWindow;
import dev.keyling.window.Window;
import dev.keyling.window.WindowContext;
import dev.keyling.window.WindowedStream;
import dev.keyling.window.Windows;
import java.time.Duration;
import java.util.function.Function;

/** Words in windows. The first letter of a word is its key. */
final class Windowed {
  static final OutputTag<String> LATE = new OutputTag<>("late");

  private Windowed() {}

  static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Describes a step on words. */
  static StepUnderTest<String, String, String> words(
      Function<KeyedStream<String, String>, KeyedStep<String, String>> step) {
    return StepUnderTest.<String, String, String>ofStep(
        word -> word.substring(0, 1), Types.STRING, step::apply);
  }

  /** Begins a step that emits, for each firing, the window and its words. */
  static <W extends Window> StepRun<String, String, String> run(
      boolean restarting,
      Function<KeyedStream<String, String>, WindowedStream<String, String, W>> by) {
    return words(elements -> listing(by.apply(elements)))
        .withSideOutputs(LATE)
        .withTimestamps()
        .restarting(restarting)
        .run();
  }

  static <W extends Window> KeyedStep<String, String> listing(
      WindowedStream<String, String, W> windowed) {
    return windowed
        .sideOutputLateData(LATE)
        .process("windows", Types.STRING, ctx -> Windowed::list);
  }

  private static <W extends Window> void list(
      String key, WindowContext<W> ctx, Iterable<String> words, Collector<String> out) {
    out.collect(shown(ctx.window()) + " " + String.join(" ", words));
  }

  /** Returns a window as people write it: {@code [0,10)}. */
  static String shown(Window window) {
    return window instanceof TimeWindow time ? "[" + time.start() + "," + time.end() + ")" : "all";
  }

  /** Returns an aggregate that joins words. */
  static AggregateFunction<String, String, String> joining() {
    return AggregateFunction.folding(() -> "", (all, word) -> all + word, (a, b) -> a + b);
  }

  static Windows tumbling(long size) {
    return Windows.tumbling(ms(size));
  }
}
