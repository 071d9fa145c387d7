package dev.keyling.benchmarks;

import dev.keyling.benchmarks.compare.CompareCommand;
import dev.keyling.benchmarks.functions.Functions;
import dev.keyling.benchmarks.jmh.JmhCommand;
import dev.keyling.benchmarks.workload.Event;
import dev.keyling.benchmarks.workload.Load;
import dev.keyling.benchmarks.workload.Result;
import dev.keyling.benchmarks.workload.Workload;
import dev.keyling.examples.cli.Durations;
import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    subcommands = {
      StartCommand.class,
      LatencyCommand.class,
      CompareCommand.class,
      JmhCommand.class
    })
public final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "WORKLOAD",
      arity = "0..1",
      description = {
        "W1: a running count per key (a value).",
        "W2: alerts when an amount is far above the one before (two values).",
        "W3: the last five pages (a list).",
        "W4: a cart of eight products (a map).",
        "W5: sessions (a value, and a timer in event time that each event sets anew).",
        "W6: W1 with a time to live of 1 h."
      })
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

  @Mixin private Load load = new Load();

  @Option(
      names = "--value-bytes",
      description =
          "Bytes that are stored per key of W1 or W6, for more state than memory. Default: just the"
              + " count.")
  private int valueBytes;

  private final Function<
          Workload, Function<RuntimeContext, KeyedProcessFunction<String, Event, Long>>>
      functions;

  BenchCommand() {
    this(Functions::of);
  }

  BenchCommand(
      Function<Workload, Function<RuntimeContext, KeyedProcessFunction<String, Event, Long>>>
          functions) {
    this.functions = functions;
  }

  @Override
  public Integer call() throws Exception {
    Workload chosen = workload;
    if (chosen == null) {
      throw refusal("missing required parameter: 'WORKLOAD'");
    }
    if (interval != null && mode != Mode.checkpointed) {
      throw refusal("--checkpoint needs --mode checkpointed, not " + mode);
    }
    if (chosen == Workload.W5 && mode == Mode.durable) {
      throw refusal("--mode durable is an embedded flow, without the event time that W5 needs");
    }
    if (valueBytes > 0 && chosen != Workload.W1 && chosen != Workload.W6) {
      throw refusal("--value-bytes needs W1 or W6, not " + chosen);
    }
    Duration between = interval == null ? Duration.ofSeconds(1) : interval;
    Result result =
        new KeylingRun(
                load.of(chosen),
                mode,
                between,
                valueBytes == 0 ? functions.apply(chosen) : Functions.padded(chosen, valueBytes))
            .result();
    PrintWriter out = spec.commandLine().getOut();
    out.println(result);
    out.flush();
    return result.right() ? 0 : 1;
  }

  private ParameterException refusal(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
