package dev.keyling.examples.programs;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.KeyedStep;
import dev.keyling.connector.Sinks;
import dev.keyling.testing.DataflowTestHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs a program on a few elements, in one thread. */
final class Programs {
  private Programs() {}

  @SafeVarargs
  static <I, O> List<O> run(Function<DataStream<I>, KeyedStep<?, O>> program, I... input) {
    return run(program, List.of(input));
  }

  static <I, O> List<O> run(Function<DataStream<I>, KeyedStep<?, O>> program, List<I> input) {
    List<O> outputs = new ArrayList<>();
    Dataflow flow = Dataflow.named("test");
    program.apply(flow.fromCollection("input", input)).to("outputs", Sinks.collect(outputs));
    DataflowTestHarness.of(flow).run();
    return outputs;
  }
}
