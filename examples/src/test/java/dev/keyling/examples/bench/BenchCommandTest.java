package dev.keyling.examples.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
}
