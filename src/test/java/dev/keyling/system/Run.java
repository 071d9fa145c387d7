package dev.keyling.system;

import dev.keyling.examples.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ./keyling run} with files of its own.
 *
 * @param home holds the output and the data
 * @param inputs the files to read
 * @param options more words of the command line
 */
record Run(String example, Path home, List<Path> inputs, List<String> options) {

  /** Makes the directory. */
  Run {
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Run(String example, Path home, Path input, String... options) {
    this(example, home, List.of(input), List.of(options));
  }

  Path output() {
    return home.resolve("output.json");
  }

  Path rejected() {
    return home.resolve("output.json.rejected");
  }

  Path data() {
    return home.resolve("data");
  }

  private List<String> words() {
    List<String> words = new ArrayList<>(List.of("run", example, "--input"));
    inputs.forEach(input -> words.add(input.toString()));
    words.addAll(List.of("--output", output().toString(), "--data", data().toString()));
    words.addAll(options);
    return words;
  }

  /** Starts it in a JVM with these options. */
  ForkedJvm start(List<String> jvmOptions) throws IOException {
    return ForkedJvm.start(home, Main.class, jvmOptions, words());
  }

  ForkedJvm start() throws IOException {
    return start(List.of());
  }

  /** Runs it in this JVM. */
  Result here() {
    return Result.of(words());
  }

  /** Runs it in another JVM. */
  Result there() throws IOException {
    try (ForkedJvm jvm = start()) {
      return new Result(jvm.exitCode(), jvm.printed(), jvm.said());
    }
  }

  /** Runs it in another JVM to its end, which must be a good one. */
  void toTheEnd() throws IOException {
    Result result = there();
    if (result.exitCode() != 0) {
      throw new AssertionError(result.toString());
    }
  }

  /** Returns the lines of the output, sorted. */
  List<String> sortedOutput() throws IOException {
    return sorted(output());
  }

  /** Returns the lines that were skipped, sorted. */
  List<String> sortedRejected() throws IOException {
    return sorted(rejected());
  }

  private static List<String> sorted(Path file) throws IOException {
    return Files.readAllLines(file).stream().sorted().toList();
  }

  /** Returns how long the output is; 0 if it is not there yet. */
  long outputBytes() {
    return size(output());
  }

  /** Returns how many bytes there are in the data. */
  long dataBytes() {
    if (!Files.isDirectory(data())) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(data())) {
      return files.filter(Files::isRegularFile).mapToLong(Run::size).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // a file went away while it was looked at
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
