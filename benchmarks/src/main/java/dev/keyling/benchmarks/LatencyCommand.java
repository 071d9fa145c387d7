package dev.keyling.benchmarks;

import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.RestartStrategy;
import dev.keyling.benchmarks.workload.Directories;
import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.KeySequence;
import dev.keyling.benchmarks.workload.KeySequence.Distribution;
import dev.keyling.connector.Sinks;
import dev.keyling.examples.cli.Durations;
import dev.keyling.sharding.LocalSystem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyling bench latency}. */
@Command(
    name = "latency",
    description =
        "Measures how long an element takes from the time when it is due to its line in an"
            + " exactly-once file, synchronized to the disk. Elements are due by the rate, whether or"
            + " not those before them are through; every line is verified.",
    mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {
  private static final double MILLI = 1e3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--rate", description = "Elements per second. Default: ${DEFAULT-VALUE}")
  private int rate = 20_000;

  @Option(
      names = "--checkpoint",
      paramLabel = "INTERVAL",
      converter = Durations.class,
      description = "From one checkpoint to the next. Default: 50ms")
  private Duration interval = Duration.ofMillis(50);

  @Option(names = "--keys", description = "Number of keys. Default: ${DEFAULT-VALUE}")
  private int keys = 100_000;

  @Option(names = "--seconds", description = "How long to measure. Default: ${DEFAULT-VALUE}")
  private int seconds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long before that elements come that are not measured. Default: 10s")
  private Duration warmUp = Duration.ofSeconds(10);

  @Override
  public Integer call() throws Exception {
    long first = warmUp.toMillis() * rate / 1000;
    long events = first + (long) seconds * rate;
    if (rate < 1 || seconds < 1 || keys < 1 || events > Integer.MAX_VALUE) {
      throw new ParameterException(
          spec.commandLine(),
          "--rate, --seconds and --keys must be at least 1, and all elements together at most "
              + Integer.MAX_VALUE);
    }
    Path directory = Files.createTempDirectory("keyling-bench-");
    try {
      KeySequence sequence = new KeySequence(keys, Distribution.uniform, false);
      Timetable timetable = new Timetable(rate, System::nanoTime);
      Path file = directory.resolve("lines");
      TimedLines lines = new TimedLines(Sinks.lines(file), timetable, first);
      run(directory.resolve("store"), new EventSource(sequence, events, timetable::isDue), lines);
      boolean right =
          lines.micros().getTotalCount() == events - first
              && CountedLine.areRight(file, sequence, (int) events);
      print(lines, right);
      return right ? 0 : 1;
    } finally {
      Directories.delete(directory);
    }
  }

  private void run(Path store, EventSource events, TimedLines lines) {
    Map<String, String> config = Map.of("keyling.persistence.leveldb.dir", store.toString());
    try (LocalSystem local = LocalSystem.start("keyling-bench", ConfigFactory.parseMap(config))) {
      Dataflow flow = Dataflow.named("bench");
      flow.enableCheckpointing(interval);
      flow.setRestartStrategy(RestartStrategy.none()); // a measurement with a failure is none
      flow.from("events", events)
          .keyBy(Event::key)
          .process("count", CountLines::new)
          .to("lines", lines);
      local.keyling().run(flow).completion().toCompletableFuture().join();
    }
  }

  private void print(TimedLines lines, boolean right) {
    Histogram micros = lines.micros();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "RESULT latency rate=%d checkpointMillis=%d keys=%d seconds=%d elements=%d checkpoints=%d"
            + " p50ms=%.1f p99ms=%.1f p999ms=%.1f maxMs=%.1f verify=%s%n",
        rate,
        interval.toMillis(),
        keys,
        seconds,
        micros.getTotalCount(),
        lines.commits(),
        micros.getValueAtPercentile(50) / MILLI,
        micros.getValueAtPercentile(99) / MILLI,
        micros.getValueAtPercentile(99.9) / MILLI,
        micros.getMaxValue() / MILLI,
        right ? "OK" : "FAILED");
    out.flush();
  }
}
