package dev.keyling.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A main class in a JVM of its own, on the class path of the tests, which can be killed. */
final class ForkedJvm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long POLL_MILLIS = 2;

  private final Process process;
  private final Path printed;
  private final Path said;

  private ForkedJvm(Process process, Path printed, Path said) {
    this.process = process;
    this.printed = printed;
    this.said = said;
  }

  /**
   * Starts it.
   *
   * @param home its working directory, and where what it prints is kept
   */
  static ForkedJvm start(Path home, Class<?> main, List<String> options, List<String> arguments)
      throws IOException {
    Path printed = Files.createTempFile(home, "printed", ".txt");
    Path said = Files.createTempFile(home, "said", ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // these live for seconds
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            argument ->
                argument.startsWith("-Dconfig.file=")
                    || argument.startsWith("--enable-native-access")
                    || argument.startsWith("--sun-misc-unsafe-memory-access"))
        .forEach(command::add);
    command.add("-Dlogback.configurationFile=logback.xml"); // the user's, not the one of the tests
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(said.toFile())
            .start();
    return new ForkedJvm(process, printed, said);
  }

  /** Waits for a condition; false if the process has ended before it was true. */
  boolean livesUntil(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (endsWithin(Duration.ofMillis(POLL_MILLIS))) {
        return false;
      }
      if (System.nanoTime() > end) {
        throw stuck("what was waited for has not come");
      }
    }
    return process.isAlive();
  }

  /** Lets it run on for a while; true if it ended. */
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it has ended by itself. */
  int exitCode() {
    if (!endsWithin(PATIENCE)) {
      throw stuck("it has not ended");
    }
    return process.exitValue();
  }

  private AssertionError stuck(String problem) {
    String words = "process %d: %s after %s".formatted(process.pid(), problem, PATIENCE);
    return new AssertionError(words + "\n" + threads() + "\n" + said());
  }

  /** What its threads do, for whoever has to find out why it is stuck. */
  private String threads() {
    try {
      Path file = Files.createTempFile("keyling-stuck", ".txt");
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      new ProcessBuilder(jcmd, Long.toString(process.pid()), "Thread.print")
          .redirectErrorStream(true)
          .redirectOutput(file.toFile())
          .start()
          .waitFor(20, TimeUnit.SECONDS);
      return "threads: " + file;
    } catch (IOException e) {
      return "no threads: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "no threads: " + e;
    }
  }

  /** Kills it as kill -9 does. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Sends it a signal, such as INT for Ctrl-C. */
  void signal(String name) throws IOException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
  }

  /** Tells whether it hears Ctrl-C: shells let what they start in the background ignore it. */
  static boolean hearsInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> line.substring(line.length() - 1))
        .allMatch(lowest -> (Character.digit(lowest.charAt(0), 16) & 2) == 0);
  }

  /** Returns what it wrote to standard output. */
  List<String> printed() {
    return lines(printed);
  }

  /** Returns what it wrote to standard error. */
  List<String> said() {
    return lines(said);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Leaves nothing running. */
  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
