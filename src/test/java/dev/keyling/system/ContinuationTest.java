package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same command with the same data goes on where it stopped. */
class ContinuationTest {
  private final Payments payments = Payments.random(12, 9_000, 500);

  @TempDir private Path directory;
  private Path input;
  private Path second;

  @BeforeEach
  void nameTheInputs() {
    input = directory.resolve("input.csv");
    second = directory.resolve("second.csv");
  }

  private Payments part(int from, int to) {
    return new Payments(payments.payments().subList(from, to));
  }

  private static void append(Path file, List<String> lines) throws IOException {
    Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void assertReads(Run run, int elements) {
    Result result = run.here();
    assertThat(result.exitCode()).as(result::toString).isZero();
    assertThat(result.oneLine()).startsWith(run.example() + ": " + elements + " elements read, ");
  }

  private Run totals(Path... inputs) {
    return new Run("totals", directory, List.of(inputs), List.of());
  }

  @Test
  void finishedInputIsNotProcessedTwice() throws IOException {
    append(input, payments.lines());
    Run run = totals(input);
    assertReads(run, 9_000);
    byte[] output = Files.readAllBytes(run.output());
    assertReads(run, 0);
    assertReads(run, 0);
    assertThat(Files.readAllBytes(run.output())).isEqualTo(output);
    SortedLines.assertSame(run.sortedOutput(), payments.runningTotals());
  }

  @Test
  void whatIsAppendedIsProcessedByTheNextRun() throws IOException {
    Run run = totals(input);
    for (int from = 0; from < 9_000; from += 3_000) {
      append(input, part(from, from + 3_000).lines());
      assertReads(run, 3_000);
      SortedLines.assertSame(run.sortedOutput(), part(0, from + 3_000).runningTotals());
    }
  }

  @Test
  void aLastLineWithoutLineBreakIsProcessedOnce() throws IOException {
    String text = String.join("\n", payments.lines());
    int lastLine = text.lastIndexOf('\n') + 1;
    Files.writeString(input, text);
    Run run = totals(input);
    assertReads(run, 9_000);
    Files.writeString(input, "\n" + text.substring(lastLine), StandardOpenOption.APPEND);
    assertReads(run, 1);
    List<Payments.Payment> all = new ArrayList<>(payments.payments());
    all.add(all.get(all.size() - 1));
    SortedLines.assertSame(run.sortedOutput(), new Payments(all).runningTotals());
  }

  @Test
  void aSessionIsNotContinuedBehindTheEndOfInput() throws IOException {
    Visits visits = Visits.random(13, 4_000, 300);
    Visits first = new Visits(visits.visits().subList(0, 2_500));
    Visits then = new Visits(visits.visits().subList(2_500, 4_000));
    List<String> expected = new ArrayList<>(first.sessions());
    expected.addAll(then.sessions());
    Run run = new Run("sessions", directory, input);
    append(input, first.lines());
    assertReads(run, 2_500);
    append(input, then.lines());
    assertReads(run, 1_500);
    SortedLines.assertSame(run.sortedOutput(), expected.stream().sorted().toList());
  }

  @Test
  void filesComeAndGo() throws IOException {
    append(input, part(0, 2_000).lines());
    assertReads(totals(input), 2_000);
    append(second, part(2_000, 4_000).lines());
    assertReads(totals(input, second), 2_000);
    append(second, part(4_000, 5_000).lines());
    assertReads(totals(second), 1_000);
    append(input, part(5_000, 9_000).lines());
    assertReads(totals(second, input), 4_000);
    SortedLines.assertSame(totals(input).sortedOutput(), payments.runningTotals());
  }

  @ParameterizedTest
  @CsvSource({"TERM,143", "INT,130"})
  void aRunThatIsAskedToStopGoesOnLater(String signal, int exitCode) throws IOException {
    assumeThat(signal.equals("TERM") || ForkedJvm.hearsInterrupts()).isTrue();
    append(input, payments.lines());
    Run run =
        new Run("totals", directory, input, "--rate", "3000", "--checkpoint-interval", "20ms");
    try (ForkedJvm jvm = run.start()) {
      assertThat(jvm.livesUntil(() -> run.outputBytes() > 10_000)).isTrue();
      jvm.signal(signal);
      assertThat(jvm.exitCode()).as(() -> jvm.said().toString()).isEqualTo(exitCode);
      assertThat(jvm.printed()).isEmpty();
      assertThat(jvm.said())
          .containsExactly(
              "keyling: stopped; the same command goes on where the last checkpoint left it");
    }
    int before = run.sortedOutput().size();
    assertThat(before).isLessThan(9_000);
    Result result = totals(input).here();
    assertThat(result.exitCode()).as(result::toString).isZero();
    SortedLines.assertSame(run.sortedOutput(), payments.runningTotals());
    System.out.printf("SIG%s after %d of %d outputs: goes on%n", signal, before, 9_000);
  }
}
