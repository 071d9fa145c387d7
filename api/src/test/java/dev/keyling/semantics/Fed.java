package dev.keyling.semantics;

import dev.keyling.KeyedStep;
import dev.keyling.KeyedStream;
import dev.keyling.semantics.world.StepRun;
import dev.keyling.semantics.world.StepUnderTest;
import dev.keyling.state.Types;
import java.util.List;
import java.util.function.Function;

/** A step over words such as {@code "a7"}, which are keyed by their first letter. */
final class Fed {
  private Fed() {}

  /** Returns the number behind the key. */
  static long number(String word) {
    return Long.parseLong(word.substring(1));
  }

  /** Describes a step over words. */
  static <O> StepUnderTest<String, String, O> step(
      Function<KeyedStream<String, String>, KeyedStep<String, O>> step, boolean restarting) {
    return StepUnderTest.<String, String, O>ofStep(
            word -> word.substring(0, 1), Types.STRING, step::apply)
        .restarting(restarting);
  }

  /** Begins to run a step over words, and feeds it some. */
  static <O> StepRun<String, String, O> run(
      Function<KeyedStream<String, String>, KeyedStep<String, O>> step,
      boolean restarting,
      String... words) {
    StepRun<String, String, O> run = step(step, restarting).run();
    List.of(words).forEach(run::processElement);
    return run;
  }

  /** Returns what a step answers words with. */
  static <O> List<O> outputs(
      Function<KeyedStream<String, String>, KeyedStep<String, O>> step,
      boolean restarting,
      String... words) {
    return run(step, restarting, words).takeOutput();
  }
}
