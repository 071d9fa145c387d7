package dev.keyling.benchmarks.compare;

import dev.keyling.benchmarks.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs a workload and prints a RESULT line.
 *
 * @param command the command line for a workload
 */
record Contender(String name, Function<Workload, List<String>> command) {
  private static final String RESULT = "RESULT ";
  private static final Pattern SPEED = Pattern.compile(" eps=(\\d+) .* verify=OK$");

  /** A run that counted right, and its line. */
  record Run(String line, double eventsPerSecond) {}

  /**
   * Runs a workload; what it writes to standard error is seen there.
   *
   * @throws IllegalStateException if there is no result, or not the right one
   */
  Run run(Workload workload) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command.apply(workload))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (var output = process.inputReader()) {
      output.lines().filter(line -> line.startsWith(RESULT)).forEach(lines::add);
    } finally {
      process.destroy();
    }
    int exitCode = process.waitFor();
    Matcher speed = SPEED.matcher(String.join("\n", lines));
    if (exitCode != 0 || lines.size() != 1 || !speed.find()) {
      throw new IllegalStateException(
          "%s did not run %s as it should: exit code %d %s"
              .formatted(name, workload, exitCode, lines));
    }
    return new Run(lines.get(0), Double.parseDouble(speed.group(1)));
  }
}
