package dev.keyling.benchmarks.workload;

import dev.keyling.benchmarks.workload.KeySequence.Distribution;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options: how many events over how many keys. */
public final class Load {
  private static final int WARM_UP_SHARE = 4;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--keys", description = "Number of keys. Default: ${DEFAULT-VALUE}")
  private int keys = 100_000;

  @Option(names = "--dist", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Distribution distribution = Distribution.uniform;

  @Option(
      names = "--events",
      description = "Number of events that are measured. Default: ${DEFAULT-VALUE}")
  private long events = 5_000_000;

  @Option(
      names = "--each-once",
      description = "Bring each key once before anything is measured: the warm-up is all new keys.")
  private boolean eachOnce;

  /**
   * Returns a measurement of a workload with this load.
   *
   * @throws ParameterException if there is too little of something
   */
  public Measurement of(Workload workload) {
    if (keys < 1 || events < 2) {
      throw new ParameterException(
          spec.commandLine(), "--keys must be at least 1, --events at least 2");
    }
    if (keys < 2 && workload.isOrdered()) {
      throw new ParameterException(
          spec.commandLine(), "at least 2 keys are needed for " + workload + ": one per lane");
    }
    long warmUp = Math.max(2, eachOnce ? keys : Math.max(events / WARM_UP_SHARE, 2L * keys));
    return new Measurement(
        workload,
        new KeySequence(keys, distribution, eachOnce, workload.isOrdered()),
        distribution,
        warmUp,
        events);
  }

  /** Returns these options as they are written. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--keys", Integer.toString(keys), "--dist", distribution.name()));
    arguments.addAll(List.of("--events", Long.toString(events)));
    if (eachOnce) {
      arguments.add("--each-once");
    }
    return arguments;
  }
}
