package dev.keyling.semantics;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.OutputTag;
import dev.keyling.semantics.world.StepRun;
import java.util.function.Function;

/** Words as two streams: those with a capital second letter are right ones. */
record TwoSides(KeyedStream<String, String> left, KeyedStream<String, String> right) {
  static final OutputTag<String> LATE_LEFT = new OutputTag<>("late-left");
  static final OutputTag<String> LATE_RIGHT = new OutputTag<>("late-right");

  static boolean isRight(String word) {
    return Character.isUpperCase(word.charAt(1));
  }

  static StepRun<String, String, String> run(
      boolean restarting,
      Function<TwoSides, KeyedStep<String, String>> step,
      OutputTag<?>... tags) {
    return Windowed.words(
            words ->
                step.apply(
                    new TwoSides(
                        words.filter(word -> !isRight(word)), words.filter(TwoSides::isRight))))
        .withTimestamps()
        .withSideOutputs(tags)
        .restarting(restarting)
        .run();
  }
}
