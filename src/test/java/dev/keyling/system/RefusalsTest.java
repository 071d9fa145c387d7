package dev.keyling.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done is said in one line, with the exit code 2; a job that fails has 1. */
class RefusalsTest {
  private static final String PAYMENTS = "u,1\nv,10\nu,2\n";

  @TempDir private Path directory;
  private Path input;
  private Run run;

  @BeforeEach
  void writeTheInput() throws IOException {
    input = Files.writeString(directory.resolve("input.csv"), PAYMENTS);
    run = new Run("totals", directory, input);
  }

  private static void assertRefused(Run run, String... words) {
    assertRefused(run.here(), words);
  }

  private static void assertRefused(Result result, String... words) {
    assertThat(result.oneLine()).contains(words).doesNotContain("Exception");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  private static void assertRuns(Run run) {
    Result result = run.here();
    assertThat(result.exitCode()).as(result::toString).isZero();
  }

  @Test
  void anotherExampleOnTheSameData() {
    assertRuns(run);
    assertRefused(new Run("fraud", directory, input), run.data().toString(), "totals", "fraud");
    assertRuns(run);
  }

  @Test
  void dataThatSomebodyElseIsUsing() throws IOException {
    Run slow = new Run("totals", directory, input, "--rate", "1");
    try (ForkedJvm jvm = slow.start()) {
      assertThat(jvm.livesUntil(() -> run.outputBytes() > 0)).isTrue();
      Run other = new Run("totals", directory.resolve("other"), input);
      Files.createSymbolicLink(other.data(), run.data());
      assertRefused(other, "data", "in use");
    }
    assertRuns(run);
  }

  @Test
  void aFileThatIsNotThere() {
    Path missing = directory.resolve("missing.csv");
    assertRefused(
        new Run("totals", directory, List.of(input, missing), List.of()),
        "--input",
        missing.toString(),
        "check the path");
  }

  @Test
  void aDirectoryAsInput() {
    assertRefused(new Run("totals", directory, directory), "--input", "is a directory");
  }

  @Test
  void aFileAsData() throws IOException {
    Files.writeString(run.data(), "a file");
    assertRefused(run, "--data", run.data().toString(), "is a file");
  }

  @Test
  void dataThatCannotBeWritten() throws IOException {
    Files.createDirectory(
        run.data(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    assumeThat(Files.isWritable(run.data())).as("root may write everywhere").isFalse();
    assertRefused(run, "--data", run.data().toString(), "cannot be written");
  }

  @Test
  void anInputThatWasReplacedByAShorterOne() throws IOException {
    assertRuns(run);
    Files.writeString(input, "u,1\n");
    assertRefused(run.there(), input.toString(), "only 4 bytes", "truncated");
    Files.writeString(input, PAYMENTS + "u,100\n");
    assertRuns(run);
    assertThat(Files.readString(run.output())).contains("{\"user\":\"u\",\"total\":103}");
  }

  @Test
  void anOutputThatSomebodyHasChanged() throws IOException {
    assertRuns(run);
    byte[] output = Files.readAllBytes(run.output());
    Files.write(run.output(), List.of("something else"), StandardOpenOption.APPEND);
    Files.writeString(input, "u,5\n", StandardOpenOption.APPEND);
    assertRefused(run, run.output().toString());
    Files.delete(run.output());
    assertRefused(run, run.output().toString());
    Files.write(run.output(), output);
    assertRuns(run);
    assertThat(Files.readString(run.output())).contains("{\"user\":\"u\",\"total\":8}");
  }

  @Test
  void aMalformedLineFailsTheJobUntilItIsSkipped() throws IOException {
    Files.writeString(input, "u;3\nu,4\n", StandardOpenOption.APPEND);
    for (Result failed : List.of(run.here(), run.there())) {
      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(failed.oneLine())
          .isEqualTo(
              "%s:4: \"u;3\": 1 field instead of 2; expected user,amount, such as user1,5000"
                  .formatted(input));
    }
    Run skipping = new Run("totals", directory, input, "--on-error", "skip");
    Result result = skipping.here();
    assertThat(result.exitCode()).isZero();
    assertThat(result.oneLine()).contains(", 1 rejected, ");
    assertThat(run.sortedOutput())
        .containsExactly(
            "{\"user\":\"u\",\"total\":1}",
            "{\"user\":\"u\",\"total\":3}",
            "{\"user\":\"u\",\"total\":7}",
            "{\"user\":\"v\",\"total\":10}");
    assertThat(run.sortedRejected())
        .singleElement()
        .asString()
        .startsWith("{\"where\":\"%s:4\",\"input\":\"u;3\",".formatted(input))
        .contains("expected user,amount");
  }
}
