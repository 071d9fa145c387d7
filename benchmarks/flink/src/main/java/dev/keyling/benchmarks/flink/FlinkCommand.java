package dev.keyling.benchmarks.flink;

import dev.keyling.benchmarks.workload.Load;
import dev.keyling.benchmarks.workload.Result;
import dev.keyling.benchmarks.workload.Workload;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a workload on Flink and prints its RESULT line; {@code keyling bench compare} starts it. */
@Command(name = "flink")
final class FlinkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1", paramLabel = "WORKLOAD")
  private Workload workload = Workload.W1;

  @Option(names = "--state", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Backend backend = Backend.heap;

  @Option(
      names = "--checkpoint",
      paramLabel = "INTERVAL",
      description = "From one checkpoint to the next, such as PT1S. Default: none")
  private @Nullable Duration interval;

  @Mixin private Load load = new Load();

  /** Runs a workload and ends the JVM with 0, or with 1 when its counts are wrong. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FlinkCommand()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Result result = new FlinkRun(load.of(workload), backend, interval).result();
    PrintWriter out = spec.commandLine().getOut();
    out.println(result);
    out.flush();
    return result.right() ? 0 : 1;
  }
}
