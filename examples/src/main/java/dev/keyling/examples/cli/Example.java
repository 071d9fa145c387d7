package dev.keyling.examples.cli;

import dev.keyling.DataStream;
import dev.keyling.KeyedStep;
import dev.keyling.OutputTag;
import dev.keyling.examples.input.LineFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * An example as the command line sees it.
 *
 * @param summary what it does, in a few words
 * @param late the side output of what came too late, if the program has one
 */
record Example<I, O>(
    String name,
    String summary,
    LineFormat<I> input,
    Function<DataStream<I>, Outcome<O>> program,
    Optional<OutputTag<?>> late) {

  Example(
      String name,
      String summary,
      LineFormat<I> input,
      Function<DataStream<I>, KeyedStep<?, O>> program) {
    this(name, summary, input, program.andThen(Outcome::of), Optional.empty());
  }

  Example<I, O> withLate(OutputTag<?> tag) {
    return new Example<>(name, summary, input, program, Optional.of(tag));
  }
}
