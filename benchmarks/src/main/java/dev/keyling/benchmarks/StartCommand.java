package dev.keyling.benchmarks;

import dev.keyling.benchmarks.workload.Directories;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyling bench start}. */
@Command(
    name = "start",
    description =
        "Measures how long a new process takes until it has handled its first element, after a crash"
            + " that left keys in rows and a tail of the journal. Each run is a JVM of its own on a"
            + " copy of the same store.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  private static final double MILLION = 1e6;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--keys", description = "Keys in rows. Default: ${DEFAULT-VALUE}")
  private int keys = 1_000_000;

  @Option(
      names = "--tail",
      description = "Events whose changes are in the journal only. Default: ${DEFAULT-VALUE}")
  private long tail = 5_000_000;

  @Option(names = "--runs", description = "Starts that are measured. Default: ${DEFAULT-VALUE}")
  private int runs = 5;

  @Override
  public Integer call() throws Exception {
    Path dir = Files.createTempDirectory("keyling-bench-");
    try {
      Path store = dir.resolve("store");
      run(store, keys, StartPhase.FILL);
      long rows = Directories.size(store);
      run(store, keys + tail, StartPhase.TAIL);
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        Path copy = dir.resolve("run" + i);
        Directories.copy(store, copy);
        millis.add(run(copy, keys + tail + 1, StartPhase.START));
        Directories.delete(copy);
      }
      print(rows, Directories.size(store) - rows, millis.stream().sorted().toList());
      return 0;
    } finally {
      Directories.delete(dir);
    }
  }

  private void print(long rows, long journal, List<Long> millis) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "RESULT start keys=%d rowsMB=%.0f journalMB=%.0f runs=%d firstMillis min=%d median=%d max=%d%n",
        keys,
        rows / MILLION,
        journal / MILLION,
        runs,
        millis.get(0),
        millis.get(runs / 2),
        millis.get(runs - 1));
    out.flush();
  }

  /** Runs a phase in a JVM like this one; returns when its first element was handled, in ms. */
  private long run(Path store, long events, String phase) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        Arrays.asList(
            StartPhase.class.getName(),
            store.toString(),
            Integer.toString(keys),
            Long.toString(events),
            phase));
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var lines = process.inputReader()) {
      String line = lines.readLine();
      long millis = (System.nanoTime() - began) / 1_000_000;
      if (process.waitFor() != 0 || line == null) {
        throw new IllegalStateException("phase " + phase + " did not handle an element");
      }
      return millis;
    }
  }
}
