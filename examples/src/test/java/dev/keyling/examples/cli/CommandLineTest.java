package dev.keyling.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyling.examples.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line says, as far as no job runs. */
class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @BeforeEach
  void createFiles() throws IOException {
    Files.writeString(directory.resolve("in.csv"), "u,1\n");
  }

  private int run(String... args) {
    return Main.run(args, new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8));
  }

  private String inDirectory(String words) {
    return words.replace("HERE", directory.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run fruad | there is no example 'fruad'; did you mean fraud? './keyling list' shows all",
        "run xyzzy | there is no example 'xyzzy'; choose one of count, average, fraud, totals,",
        "run | run needs the name of an example, right behind it: count, average, fraud",
        "rnu | there is no command 'rnu'; did you mean run? See ./keyling --help",
        "run fraud --inptu a.csv | no option '--inptu'; did you mean --input? See ./keyling run",
        "run fraud a.csv | 'a.csv' is one argument too many. See ./keyling run --help",
        "run fraud --data | missing required parameter for option '--data' (DIR). See ./keyling",
        "run fraud --rate 0 | --rate must be at least 1 element per second, not 0",
        "run fraud --rate x | invalid value for option '--rate': 'x' is not a whole number.",
        "run fraud --on-error stop | '--on-error': 'stop' is neither fail nor skip.",
        "run sessions --gap soon | 'soon' is not a duration; write it as 100ms, 30s, 30m, 1h or",
        "run orders --emit soon | 'soon' is not complete, final or running",
        "run orders --insert any | 'any' is not first, last or product",
        "run totals --insert first | --insert is an option of the example orders; leave it out for",
        "run fraud --gap 1m | --gap is an option of the example sessions; leave it out for fraud",
        "run count --lateness 1m | --lateness is an option of the example sessions; leave it out",
        "run fraud --checkpoint-interval 1s | --checkpoint-interval needs --data DIR, where",
        "run fraud --data HERE/d --checkpoint-interval 0s | must be at least 1ms",
        "run fraud --input HERE/none | --input HERE/none: there is no such input file; check the",
        "run fraud --input HERE | --input HERE: is a directory; name the files in it",
        "run fraud --input HERE/in.csv HERE/in.csv | the input file HERE/in.csv is given twice",
        "run fraud --output HERE | --output HERE is a directory; name a file",
        "run fraud --output HERE/none/out | --output HERE/none/out: there is no directory HERE/none",
        "run fraud --data HERE/in.csv | --data HERE/in.csv: HERE/in.csv is a file; name a directory",
        "run fraud --data HERE/in.csv/data | --data HERE/in.csv/data cannot be created",
      })
  void saysInOneLineWhatCannotBeDone(String args, String words) {
    int exitCode = run(inDirectory(args).split(" "));
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("keyling: ")
        .contains(inDirectory(words))
        .hasLineCount(1)
        .endsWith(System.lineSeparator());
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void listsAllExamples() {
    assertThat(run("list")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("count ", "average ", "fraud ", "totals ", "pages ", "cart ", "sessions ")
        .contains("reads user,product,quantity");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', ./keyling list", "--help, ./keyling run fraud", "run --help, --on-error"})
  void helps(String args, String words) {
    String[] given =
        Stream.of(args.split(" ")).filter(arg -> !arg.isEmpty()).toArray(String[]::new);
    assertThat(run(given)).isZero();
    assertThat(out.toString(UTF_8)).contains(words);
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("keyling ");
  }
}
