package dev.keyling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.benchmarks.functions.Functions;
import dev.keyling.benchmarks.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Short runs of the benchmark: their figures say nothing, their counts must be right. */
class BenchCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String arguments) {
    return Main.run(
        arguments.split(" "), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private Map<String, String> result() {
    String line = out.toString(UTF_8);
    assertThat(line).startsWith("RESULT ").hasLineCount(1);
    return Pattern.compile("(\\w+)=(\\S+)")
        .matcher(line)
        .results()
        .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
  }

  @Test
  void measuresEveryElementThatIsNotOfTheWarmUp() {
    String command =
        "bench latency --rate 2000 --checkpoint 20ms --keys 50 --seconds 1 --warm-up 250ms";
    assertThat(run(command)).as(err.toString(UTF_8)).isZero();
    Map<String, String> result = result();
    assertThat(result).containsEntry("elements", "2000").containsEntry("verify", "OK");
    assertThat(Integer.parseInt(result.get("checkpoints"))).isGreaterThan(1);
    double half = Double.parseDouble(result.get("p50ms"));
    assertThat(half).isPositive();
    assertThat(Double.parseDouble(result.get("p99ms"))).isGreaterThanOrEqualTo(half);
    assertThat(Double.parseDouble(result.get("p999ms"))).isGreaterThanOrEqualTo(half);
  }

  @Test
  void takesTheIntervalOfCheckpoints() {
    assertThat(run("bench W1 --keys 50 --events 1000 --checkpoint 20ms"))
        .as(err.toString(UTF_8))
        .isZero();
    assertThat(result()).containsEntry("checkpointMillis", "20").containsEntry("verify", "OK");
  }

  @Test
  void refusesAnIntervalOfCheckpointsThatThereAreNot() {
    assertThat(run("bench W1 --mode memory --checkpoint 20ms")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--checkpoint needs --mode checkpointed, not memory");
    assertThat(run("bench latency --rate 0")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("must be at least 1");
  }

  static Stream<Arguments> runs() {
    return Stream.concat(
        Stream.of(Workload.values()).map(workload -> Arguments.of(workload, Mode.checkpointed)),
        Stream.of(Mode.memory, Mode.durable).map(mode -> Arguments.of(Workload.W2, mode)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void verifiesWhatComesOutOfEachWorkload(Workload workload, Mode mode) {
    String command = "bench " + workload + " --mode " + mode + " --keys 101 --events 3000";
    assertThat(run(command + " --dist zipf")).as(err.toString(UTF_8)).isZero();
    assertThat(result())
        .containsEntry("workload", workload.name())
        .containsEntry("mode", mode.name())
        .containsEntry("events", "3000")
        .containsEntry("verify", "OK");
  }

  @Test
  void refusesWhatAWorkloadHasNot() {
    assertThat(run("bench W5 --mode durable")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("without the event time that W5 needs");
    assertThat(run("bench W3 --value-bytes 100")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--value-bytes needs W1 or W6, not W3");
    assertThat(run("bench W2 --keys 1")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("at least 2 keys are needed for W2");
    assertThat(run("bench")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("missing required parameter: 'WORKLOAD'");
  }

  @Test
  void failsWhenTheCountsAreWrong() {
    BenchCommand wrong = new BenchCommand(workload -> Functions.of(Workload.W2));
    int exitCode =
        new CommandLine(wrong)
            .setOut(new PrintWriter(out, true, UTF_8))
            .execute("W1", "--keys", "10", "--events", "1000");
    assertThat(exitCode).isEqualTo(1);
    assertThat(result()).containsEntry("verify", "FAILED");
  }
}
