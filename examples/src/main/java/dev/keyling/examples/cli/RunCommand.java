package dev.keyling.examples.cli;

import dev.keyling.Dataflow;
import dev.keyling.connector.Line;
import dev.keyling.connector.Sink;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Source;
import dev.keyling.examples.cli.ExampleFlow.RejectedSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code run}: runs an example. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis =
        "./keyling run EXAMPLE [--input FILE...] [--output FILE] [--data DIR]%n"
            + "              [--checkpoint-interval TIME] [--rate N] [--on-error fail|skip]%n"
            + "       ./keyling run sessions [--gap TIME] [--lateness TIME] ...%n"
            + "       ./keyling run orders [--insert MODE] [--emit MODE] ...",
    description = "Runs an example: lines in, JSON lines out.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./keyling run fraud",
      "  ./keyling run totals --input payments.csv --on-error skip",
      "  ./keyling run sessions --input access.log --output sessions.json --data d1",
      "",
      "A TIME is written as 100ms, 30s, 30m, 1h or PT30M.",
      "Exit code: 0 all is done, 1 the job has failed, 2 what was asked for cannot be",
      "done, 130 stopped with Ctrl-C."
    })
public final class RunCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Streams streams;

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() throws IOException {
    Example<?, ?> example = options.example();
    Optional<Duration> interval = options.checkpointInterval();
    Source<Line> source = source(example);
    options.output().ifPresent(Places::checkOutput);
    options.data().ifPresent(Places::prepareData);

    Tally tally = new Tally();
    ProgressLine line = new ProgressLine(streams.err());
    Dataflow flow = flow(source, tally, line).of(example);
    interval.ifPresent(flow::enableCheckpointing);
    return new Runner(streams, line, tally, options.data()).run(example.name(), flow);
  }

  private Source<Line> source(Example<?, ?> example) throws IOException {
    Source<Line> source =
        options.input().isEmpty() ? Sample.of(example) : Places.input(options.input());
    Optional<Long> rate = options.rate();
    return rate.isEmpty()
        ? source
        : new Throttled<>(source, new Pace(rate.get(), System::nanoTime));
  }

  private ExampleFlow flow(Source<Line> source, Tally tally, ProgressLine line) {
    return new ExampleFlow(
        options.input().isEmpty() ? "sample" : "lines",
        source,
        options.onError(),
        outputs(line),
        rejected(line),
        tally);
  }

  private Sink<? super String> outputs(ProgressLine line) {
    Optional<Path> file = options.output();
    return file.isPresent() ? Sinks.lines(file.get()) : Sinks.print(line.beside(streams.out()));
  }

  private RejectedSink rejected(ProgressLine line) {
    Optional<Path> file = options.output();
    return file.isPresent()
        ? new RejectedSink(Sinks.lines(besideOutput(file.get())), Json::line)
        : new RejectedSink(Sinks.print(line.beside(streams.err())), Rejected::message);
  }

  private static Path besideOutput(Path output) {
    return output.resolveSibling(output.getFileName() + ".rejected");
  }
}
