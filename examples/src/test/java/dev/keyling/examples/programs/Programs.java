package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.KeyedStep;
import dev.keyling.testing.DataflowTestHarness;
import java.util.List;
import java.util.function.Function;

/** Runs a program on a few elements, in one thread. */
final class Programs {
  private Programs() {}

  @SafeVarargs
  @SuppressWarnings("varargs")
  static <I, O> List<O> run(Function<DataStream<I>, KeyedStep<?, O>> program, I... input) {
    return run(program, List.of(input));
  }

  @SuppressWarnings("unchecked") // what the program gives
  static <I, O> List<O> run(Function<DataStream<I>, KeyedStep<?, O>> program, List<I> input) {
    Dataflow flow = Dataflow.named("test");
    program.apply(flow.fromCollection("input", input)).print("outputs");
    DataflowTestHarness harness = DataflowTestHarness.of(flow);
    harness.run();
    return (List<O>) harness.output("outputs");
  }
}
