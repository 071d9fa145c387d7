package dev.keyling.benchmarks.jmh;

import dev.keyling.examples.cli.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keyling bench jmh}. */
@Command(
    name = "jmh",
    description =
        "Measures with JMH what one element costs in the kernel, in codecs, in the journal and the"
            + " rows, and on its way to its key group.",
    mixinStandardHelpOptions = true)
public final class JmhCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATTERN",
      arity = "0..1",
      description = "A regular expression that is found in the names of benchmarks. Default: all")
  private String pattern = "";

  @Option(names = "--forks", description = "JVMs for each. Default: ${DEFAULT-VALUE}")
  private int forks = 2;

  @Option(
      names = "--iterations",
      description = "How often to measure in each; as often before to warm up. Default: 5")
  private int iterations = 5;

  @Option(
      names = "--time",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long an iteration takes. Default: 1s")
  private Duration time = Duration.ofSeconds(1);

  @Override
  public Integer call() throws Exception {
    TimeValue each = TimeValue.milliseconds(time.toMillis());
    int measured =
        new Runner(
                new OptionsBuilder()
                    .include(getClass().getPackageName().replace(".", "\\.") + ".*" + pattern)
                    .forks(forks)
                    .warmupIterations(iterations)
                    .warmupTime(each)
                    .measurementIterations(iterations)
                    .measurementTime(each)
                    .shouldFailOnError(true)
                    .build())
            .run()
            .size();
    return measured > 0 ? 0 : 1;
  }
}
