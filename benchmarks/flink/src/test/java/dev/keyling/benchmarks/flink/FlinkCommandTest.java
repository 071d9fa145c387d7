package dev.keyling.benchmarks.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.benchmarks.workload.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Short runs: their figures say nothing, their counts must be right. */
class FlinkCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String arguments) {
    return new CommandLine(new FlinkCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.split(" "));
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void verifiesWhatComesOutOfEachWorkload(Workload workload) {
    assertThat(run(workload + " --keys 101 --dist zipf --events 3000")).as(err.toString()).isZero();
    assertThat(out.toString())
        .startsWith("RESULT workload=" + workload + " mode=flink-heap checkpointMillis=none")
        .contains(" events=3000 ")
        .endsWith(" verify=OK\n");
  }

  @ParameterizedTest
  @CsvSource({"heap", "rocksdb"})
  void takesCheckpoints(String state) {
    String command = "W5 --state " + state + " --checkpoint PT0.05S --keys 50 --events 3000";
    assertThat(run(command)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("mode=flink-" + state + " checkpointMillis=50 ")
        .endsWith(" verify=OK\n");
  }

  @Test
  void thisJvmHasNothingOfKeylingsRuntime() {
    assertThatThrownBy(() -> Class.forName("dev.keyling.Dataflow"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
