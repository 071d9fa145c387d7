package dev.keyling.examples.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.keyling.Dataflow;
import dev.keyling.examples.bench.KeySequence.Distribution;
import dev.keyling.examples.cli.Durations;
import dev.keyling.sharding.LocalSystem;
import dev.keyling.state.Types;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyling bench W1}. */
@Command(
    name = "bench",
    description = "Measures a workload and prints one RESULT line; every count is verified.",
    mixinStandardHelpOptions = true,
    subcommands = {StartCommand.class, LatencyCommand.class})
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..1",
      description = "W1: a running count per key (ValueState). W6: with a time to live of 1 h.")
  private @Nullable Workload workload;

  @Option(
      names = "--mode",
      description =
          "memory: nothing stored, no checkpoints. checkpointed: exactly-once checkpoints on LevelDB."
              + " durable: an embedded flow, each batch on disk before its outputs leave."
              + " Default: ${DEFAULT-VALUE}")
  private Mode mode = Mode.checkpointed;

  @Option(
      names = "--checkpoint",
      paramLabel = "INTERVAL",
      converter = Durations.class,
      description = "From one checkpoint to the next, such as 50ms. Default: 1s")
  private @Nullable Duration interval;

  @Option(names = "--keys", description = "Number of keys. Default: ${DEFAULT-VALUE}")
  private int keys = 100_000;

  @Option(names = "--dist", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Distribution distribution = Distribution.uniform;

  @Option(
      names = "--events",
      description = "Number of events that are measured. Default: ${DEFAULT-VALUE}")
  private long events = 5_000_000;

  @Option(
      names = "--value-bytes",
      description =
          "Bytes that are stored per key, for more state than memory. Default: just the count.")
  private int valueBytes;

  @Option(
      names = "--each-once",
      description = "Bring each key once before anything is measured: the warm-up is all new keys.")
  private boolean eachOnce;

  /** What is stored, and when. */
  enum Mode {
    memory,
    checkpointed,
    durable
  }

  @Override
  public Integer call() throws Exception {
    Workload chosen = workload;
    if (chosen == null) {
      throw new ParameterException(spec.commandLine(), "missing required parameter: 'WORKLOAD'");
    }
    if (interval != null && mode != Mode.checkpointed) {
      throw new ParameterException(
          spec.commandLine(), "--checkpoint needs --mode checkpointed, not " + mode);
    }
    Path data = Files.createTempDirectory("keyling-bench-");
    long warmUp = eachOnce ? keys : Math.max(events / 4, 2L * keys);
    KeySequence sequence = new KeySequence(keys, distribution, eachOnce);
    Tally tally = new Tally(warmUp);
    Config config =
        ConfigFactory.parseMap(Map.of("keyling.persistence.leveldb.dir", data.toString()));
    long stored;
    try (LocalSystem local = LocalSystem.start("keyling-bench", config)) {
      if (mode == Mode.durable) {
        runDurable(local, chosen, sequence, warmUp + events, tally);
      } else {
        runFlow(local, chosen, sequence, warmUp + events, tally);
      }
      stored = sizeOf(data.toFile());
    } finally {
      Directories.delete(data);
    }
    boolean right = tally.isRight(sequence, warmUp + events);
    print(tally, warmUp, stored, right);
    return right ? 0 : 1;
  }

  private void runFlow(
      LocalSystem local, Workload chosen, KeySequence sequence, long count, Tally tally) {
    Dataflow flow = Dataflow.named("bench");
    if (mode == Mode.checkpointed) {
      flow.enableCheckpointing(interval());
    }
    flow.from("events", new EventSource(sequence, count))
        .keyBy(Event::key)
        .process("count", RunningCount.of(chosen, valueBytes))
        .to("tally", tally);
    local.keyling().run(flow).completion().toCompletableFuture().join();
  }

  private Duration interval() {
    return interval == null ? Duration.ofSeconds(1) : interval;
  }

  private void runDurable(
      LocalSystem local, Workload chosen, KeySequence sequence, long count, Tally tally)
      throws Exception {
    Source.fromJavaStream(
            () ->
                LongStream.range(0, count)
                    .mapToObj(number -> new Event(sequence.keyOf(number), number & 1023, number)))
        .via(
            local
                .keyling()
                .keyed("count", Types.STRING, RunningCount.of(chosen, valueBytes))
                .flow(Event::key))
        .<java.util.concurrent.CompletionStage<Done>>runWith(
            Sink.foreach(tally::add), local.system())
        .toCompletableFuture()
        .get();
    tally.end();
  }

  private void print(Tally tally, long warmUp, long stored, boolean right) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "RESULT workload=%s mode=%s checkpointMillis=%s keys=%d dist=%s events=%d seconds=%.3f eps=%d warmUpEps=%d rssMB=%d storeMB=%d verify=%s%n",
        workload,
        mode,
        mode == Mode.checkpointed ? interval().toMillis() : "none",
        keys,
        distribution,
        events,
        tally.seconds(),
        Math.round(events / tally.seconds()),
        Math.round(warmUp / tally.warmUpSeconds()),
        residentMegabytes(),
        stored >> 20,
        right ? "OK" : "FAILED");
    out.flush();
  }

  /** Returns the peak resident size of this process; 0 where the system does not tell. */
  private static long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(status);
    return lines.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** Returns the bytes of all files in a directory; of those that go meanwhile, 0. */
  private static long sizeOf(File file) {
    File[] files = file.listFiles();
    return files == null ? file.length() : Stream.of(files).mapToLong(BenchCommand::sizeOf).sum();
  }
}
