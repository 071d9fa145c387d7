package dev.keyling.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyling.connector.Line;
import dev.keyling.connector.Sinks;
import dev.keyling.connector.Source;
import dev.keyling.connector.Sources;
import dev.keyling.examples.cli.ExampleFlow.RejectedSink;
import dev.keyling.testing.DataflowTestHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dataflows of the command line in one thread, without actors. */
class ExampleFlowTest {
  private final Tally tally = new Tally();
  private List<String> outputs = List.of();
  private List<String> rejected = List.of();
  private List<String> late = List.of();

  private void run(String example, ErrorPolicy onError, Source<Line> source) {
    RejectedSink aside = new RejectedSink(Sinks.print(), Json::line);
    ExampleFlow flow = new ExampleFlow("lines", source, onError, Sinks.print(), aside, tally);
    DataflowTestHarness harness =
        DataflowTestHarness.of(flow.of(Catalogue.standard().get(example)));
    harness.run();
    outputs = written(harness, "outputs");
    rejected = onError == ErrorPolicy.SKIP ? written(harness, "rejected") : List.of();
    late = example.equals("sessions") ? written(harness, "late") : List.of();
  }

  private static List<String> written(DataflowTestHarness harness, String sink) {
    return harness.output(sink).stream().<String>map(String::valueOf).toList();
  }

  private static Source<Line> lines(String... texts) {
    List<Line> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(new Line("in.csv", lines.size() + 1, text));
    }
    return Sources.collection(lines);
  }

  private static Stream<String> examples() {
    return Catalogue.standard().names().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesTheExpectedOutputsForTheSample(String example) {
    run(example, ErrorPolicy.FAIL, Sample.of(Catalogue.standard().get(example)));
    assertThat(outputs).containsExactlyInAnyOrderElementsOf(SampleOutputs.of(example));
    assertThat(tally.outputs.sum()).isEqualTo(outputs.size());
    assertThat(tally.rejected.sum()).isZero();
    assertThat(late).isEmpty();
  }

  @Test
  void writesAnyTextAsJsonOnOneLine() {
    run("totals", ErrorPolicy.FAIL, lines("\"Jo\\e\"\tü,5"));
    assertThat(outputs).containsExactly("{\"user\":\"\\\"Jo\\\\e\\\"\\tü\",\"total\":5}");
  }

  @Test
  void failsAtAMalformedLine() {
    assertThatThrownBy(() -> run("totals", ErrorPolicy.FAIL, lines("u,1", "u;2", "u,3")))
        .hasStackTraceContaining(
            "in.csv:2: \"u;2\": 1 field instead of 2; expected user,amount, such as user1,5000");
  }

  @Test
  void putsAMalformedLineAsideWithItsReason() {
    run("totals", ErrorPolicy.SKIP, lines("u,1", "u;\"2", "u,3"));
    assertThat(outputs)
        .containsExactly("{\"user\":\"u\",\"total\":1}", "{\"user\":\"u\",\"total\":4}");
    assertThat(rejected)
        .containsExactly(
            "{\"where\":\"in.csv:2\",\"input\":\"u;\\\"2\","
                + "\"reason\":\"1 field instead of 2; expected user,amount, such as user1,5000\"}");
    assertThat(tally.summary("totals", Duration.ofMillis(1260)))
        .isEqualTo("totals: 3 elements read, 2 outputs, 1 rejected, 0 late, 1.3 s");
  }

  @Test
  void putsAnElementAsideOnWhichTheExampleThrows() {
    run("totals", ErrorPolicy.SKIP, lines("u," + Long.MAX_VALUE, "u,1", "u,-1"));
    assertThat(outputs).hasSize(2).last().asString().contains("9223372036854775806");
    assertThat(rejected)
        .singleElement()
        .asString()
        .contains("key \\\"u\\\"", "Payment[user=u, amount=1]", "long overflow");
  }

  @Test
  void countsWhatComesTooLate() {
    run("sessions", ErrorPolicy.FAIL, lines("u,0", "u,86400000", "u,60000", "u,86400000"));
    assertThat(outputs).hasSize(2);
    assertThat(late).hasSize(1);
  }
}
