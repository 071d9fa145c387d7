package dev.keyling.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Each once, for a moment: their figures say nothing. */
class JmhCommandTest {
  @Test
  void everyBenchmarkRuns() {
    System.setProperty("jmh.ignoreLock", "true"); // what else is measured, this need not wait for
    String[] arguments = {"--forks", "1", "--iterations", "1", "--time", "10ms"};
    assertThat(new CommandLine(new JmhCommand()).execute(arguments)).isZero();
  }

  @Test
  void aPatternThatNothingMatchesIsAFailure() {
    assertThat(new CommandLine(new JmhCommand()).execute("NoSuchBenchmark")).isEqualTo(1);
  }
}
