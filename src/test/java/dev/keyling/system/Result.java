package dev.keyling.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keyling.examples.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * What a command did.
 *
 * @param printed the lines of its standard output
 * @param said the lines of its standard error
 */
record Result(int exitCode, List<String> printed, List<String> said) {

  /** Runs a command in this JVM. */
  static Result of(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(
            words.toArray(String[]::new),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return new Result(
        exitCode, out.toString(UTF_8).lines().toList(), err.toString(UTF_8).lines().toList());
  }

  /** Returns the one line that a refusal has; anything more is a failure. */
  String oneLine() {
    if (said.size() != 1 || !printed.isEmpty()) {
      throw new AssertionError("not one line: " + this);
    }
    return said.get(0);
  }
}
