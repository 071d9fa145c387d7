package dev.keyling.benchmarks.compare;

import dev.keyling.benchmarks.workload.Load;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.examples.cli.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyling bench compare}. */
@Command(
    name = "compare",
    description =
        "Runs workloads on Keyling and on Apache Flink in turns, each run in a JVM of its own with the"
            + " same heap, and prints their RESULT lines, the medians and how they compare.",
    mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..*",
      description = "${COMPLETION-CANDIDATES}. Default: all")
  private List<Workload> workloads = Arrays.asList(Workload.values());

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "STATE",
      description = "Flink's state backends: ${COMPLETION-CANDIDATES}. Default: heap")
  private List<Backend> against = List.of(Backend.heap);

  @Option(names = "--turns", description = "Runs of each. Default: ${DEFAULT-VALUE}")
  private int turns = 3;

  @Option(
      names = "--mode",
      description =
          "Of Keyling: ${COMPLETION-CANDIDATES}. Flink has no checkpoints with memory. Default:"
              + " ${DEFAULT-VALUE}")
  private Mode mode = Mode.checkpointed;

  @Option(
      names = "--checkpoint",
      paramLabel = "INTERVAL",
      converter = Durations.class,
      description = "From one checkpoint to the next, of both. Default: 1s")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = "--jvm",
      split = " ",
      paramLabel = "OPTIONS",
      description = "Options of each JVM. Default: \"-Xms3g -Xmx3g -XX:+UseParallelGC\"")
  private List<String> jvm = List.of("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC");

  @Mixin private Load load = new Load();

  /** What Keyling stores, and when; see {@code bench}. */
  enum Mode {
    memory,
    checkpointed,
    durable
  }

  /** Where Flink keeps state. */
  enum Backend {
    heap,
    rocksdb
  }

  @Override
  public Integer call() throws Exception {
    if (turns < 1) {
      throw new ParameterException(spec.commandLine(), "--turns must be at least 1");
    }
    List<Contender> contenders =
        Stream.concat(Stream.of(keyling()), against.stream().map(this::flink)).toList();
    Comparison comparison = new Comparison(contenders.stream().map(Contender::name).toList());
    PrintWriter out = spec.commandLine().getOut();
    for (int turn = 0; turn < turns; turn++) {
      for (Workload workload : workloads) {
        for (Contender contender : contenders) {
          Contender.Run run = contender.run(workload);
          out.println(run.line());
          out.flush();
          comparison.add(workload, contender.name(), run.eventsPerSecond());
        }
      }
    }
    comparison.lines().forEach(out::println);
    out.flush();
    return 0;
  }

  private Contender keyling() {
    return new Contender(
        "keyling",
        workload -> {
          List<String> command = Jvms.ofKeyling(jvm);
          command.addAll(List.of("bench", workload.name(), "--mode", mode.name()));
          if (mode == Mode.checkpointed) {
            command.addAll(List.of("--checkpoint", interval.toString()));
          }
          command.addAll(load.arguments());
          return command;
        });
  }

  private Contender flink(Backend backend) {
    List<String> jvmOfFlink = Jvms.ofFlink(jvm);
    return new Contender(
        "flink-" + backend,
        workload -> {
          List<String> command = new ArrayList<>(jvmOfFlink);
          command.addAll(List.of(workload.name(), "--state", backend.name()));
          if (mode != Mode.memory) {
            command.addAll(List.of("--checkpoint", interval.toString()));
          }
          command.addAll(load.arguments());
          return command;
        });
  }
}
