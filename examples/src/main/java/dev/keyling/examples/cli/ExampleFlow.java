package dev.keyling.examples.cli;

import dev.keyling.DataStream;
import dev.keyling.Dataflow;
import dev.keyling.RestartStrategy;
import dev.keyling.connector.Line;
import dev.keyling.connector.Sink;
import dev.keyling.connector.Source;
import dev.keyling.examples.input.LineFormat;
import java.util.function.Function;

/**
 * The dataflow around an example: lines in, JSON lines out.
 *
 * @param sourceId the step id of the source; another one is another input
 * @param rejected takes what is skipped
 */
record ExampleFlow(
    String sourceId,
    Source<Line> source,
    ErrorPolicy onError,
    Sink<? super String> outputs,
    RejectedSink rejected,
    Tally tally) {

  /**
   * Where rejections go.
   *
   * @param words how one is written there
   */
  record RejectedSink(Sink<? super String> sink, Words words) {}

  /** Writes a rejection as a line. */
  @FunctionalInterface
  interface Words {
    String of(Rejected rejected) throws Exception;
  }

  /** Writes the dataflow, named as the example is. */
  <I, O> Dataflow of(Example<I, O> example) {
    Dataflow flow = Dataflow.named(example.name()).setRestartStrategy(RestartStrategy.none());
    DataStream<Line> lines =
        flow.from(sourceId, source).inspect("read", line -> tally.read.increment());
    Outcome<O> outcome =
        switch (onError) {
          case FAIL -> example.program().apply(lines.map(example.input()::read));
          case SKIP -> skipping(lines, example.input(), example.program());
        };
    outcome
        .outputs()
        .map(Json::line)
        .inspect("written", line -> tally.outputs.increment())
        .to("outputs", outputs);
    example
        .late()
        .ifPresent(
            tag -> outcome.step().getSideOutput(tag).to("late", Tally.countingInto(tally.late)));
    return flow;
  }

  private <I, O> Outcome<O> skipping(
      DataStream<Line> lines, LineFormat<I> format, Function<DataStream<I>, Outcome<O>> program) {
    DataStream<ParsedLine<I>> parsed = lines.map(line -> ParsedLine.of(format, line));
    Outcome<O> outcome = program.apply(parsed.flatMap(ParsedLine::elements));
    parsed
        .flatMap(ParsedLine::rejections)
        .union(outcome.step().deadLetters().map(Rejected::of))
        .map(rejected.words()::of)
        .inspect("skipped", line -> tally.rejected.increment())
        .to("rejected", rejected.sink());
    return outcome;
  }
}
