package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples on the engine. */
class RunCommandTest {
  private static final String[] PAYMENTS = {"u,1", "v,10", "u,2"};

  @TempDir private Path directory;
  private Path input;
  private Path output;
  private Path rejected;
  private Path data;
  private String printed = "";
  private String said = "";

  @BeforeEach
  void namePlaces() throws IOException {
    input = directory.resolve("in.csv");
    output = directory.resolve("out.json");
    rejected = directory.resolve("out.json.rejected");
    data = directory.resolve("data");
    append(PAYMENTS);
  }

  private void append(String... lines) throws IOException {
    Files.write(input, List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private int run(String words) {
    String[] args =
        Stream.of(words.split(" "))
            .map(
                word ->
                    switch (word) {
                      case "IN" -> input.toString();
                      case "OUT" -> output.toString();
                      case "DATA" -> data.toString();
                      default -> word;
                    })
            .toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(args, new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
    printed = out.toString(UTF_8);
    said = err.toString(UTF_8);
    return exitCode;
  }

  private static String total(String user, long total) {
    return "{\"user\":\"%s\",\"total\":%d}".formatted(user, total);
  }

  private static Stream<String> examples() {
    return Catalogue.standard().names().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatAnExampleGivesForItsSample(String example) {
    assertThat(run("run " + example)).as(() -> said).isZero();
    assertThat(printed.lines()).containsExactlyInAnyOrderElementsOf(SampleOutputs.of(example));
    assertThat(said)
        .startsWith(example + ": ")
        .contains(" %d outputs, 0 rejected, 0 late, ".formatted(SampleOutputs.of(example).size()))
        .hasLineCount(1);
  }

  @Test
  void writesAFileWithoutKeepingAnything() throws IOException {
    assertThat(run("run totals --input IN --output OUT")).as(() -> said).isZero();
    assertThat(printed).isEmpty();
    assertThat(Files.readAllLines(output))
        .containsExactlyInAnyOrder(total("u", 1), total("v", 10), total("u", 3));
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("in.csv", "out.json");
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    String command = "run totals --input IN --output OUT --data DATA --checkpoint-interval 20ms";
    assertThat(run(command)).as(() -> said).isZero();
    assertThat(said).startsWith("totals: 3 elements read, 3 outputs, ");
    assertThat(run(command)).as(() -> said).isZero();
    assertThat(said).startsWith("totals: 0 elements read, 0 outputs, ");
    append("u,100");
    assertThat(run(command)).as(() -> said).isZero();
    assertThat(said).startsWith("totals: 1 elements read, 1 outputs, ");
    assertThat(Files.readAllLines(output))
        .containsExactlyInAnyOrder(total("u", 1), total("v", 10), total("u", 3), total("u", 103));
  }

  @Test
  void doesNotReadTheSampleTwice() {
    assertThat(run("run fraud --data DATA")).as(() -> said).isZero();
    assertThat(printed.lines()).hasSize(2);
    assertThat(run("run fraud --data DATA")).as(() -> said).isZero();
    assertThat(printed).isEmpty();
  }

  @Test
  void failsAtAMalformedLineAndGoesOnWhenItIsToSkipIt() throws IOException {
    append("u;3", "u,4");
    String command = "run totals --input IN --output OUT --data DATA";
    assertThat(run(command)).isEqualTo(1);
    assertThat(said)
        .isEqualToNormalizingNewlines(
            input
                + ":4: \"u;3\": 1 field instead of 2; expected user,amount, such as user1,5000\n");
    assertThat(run(command + " --on-error skip")).as(() -> said).isZero();
    assertThat(Files.readAllLines(output))
        .containsExactlyInAnyOrder(total("u", 1), total("v", 10), total("u", 3), total("u", 7));
    assertThat(Files.readAllLines(rejected))
        .singleElement()
        .asString()
        .contains("in.csv:4", "u;3", "expected user,amount");
    assertThat(said).contains(", 1 rejected, ");
  }

  @Test
  void putsAsideWhatAnExampleCannotHandle() throws IOException {
    append("v," + Long.MAX_VALUE, "v,5");
    assertThat(run("run totals --input IN --output OUT --on-error skip")).as(() -> said).isZero();
    assertThat(Files.readAllLines(output))
        .containsExactlyInAnyOrder(total("u", 1), total("v", 10), total("u", 3), total("v", 15));
    assertThat(Files.readAllLines(rejected)).singleElement().asString().contains("long overflow");
  }

  @Test
  void saysWhatIsRejectedWhenThereIsNoFile() throws IOException {
    append("");
    assertThat(run("run totals --input IN --on-error skip")).as(() -> said).isZero();
    assertThat(printed.lines()).hasSize(3);
    assertThat(said.lines().findFirst().orElseThrow())
        .isEqualTo(
            "rejected %s:4: \"\": the line is empty; expected user,amount, such as user1,5000"
                .formatted(input));
  }

  @Test
  void saysInOneLineWhatAFunctionThrew() throws IOException {
    append("v," + Long.MAX_VALUE);
    assertThat(run("run totals --input IN")).isEqualTo(1);
    assertThat(said)
        .startsWith("keyling: ")
        .contains("long overflow", "KEYLING_LOG_LEVEL=DEBUG")
        .hasLineCount(1);
  }

  @Test
  void refusesTheDataOfAnotherExample() {
    assertThat(run("run totals --input IN --data DATA")).as(() -> said).isZero();
    assertThat(run("run fraud --input IN --data DATA")).isEqualTo(2);
    assertThat(said).startsWith("keyling: ").contains("totals").hasLineCount(1);
  }

  @Test
  void refusesAnOutputFileThatHoldsSomethingElse() throws IOException {
    Files.writeString(output, "precious\n");
    assertThat(run("run totals --input IN --output OUT --data DATA")).isEqualTo(2);
    assertThat(said).startsWith("keyling: " + output + ": already holds 9 bytes").hasLineCount(1);
    assertThat(output).hasContent("precious");
  }
}
