package dev.keyling.persistence.leveldb.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link Scribe} in a JVM of its own. */
final class ScribeProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final Path natives;
  private final StringBuilder said = new StringBuilder();

  private ScribeProcess(Process process, Path natives) {
    this.process = process;
    this.natives = natives;
  }

  /** Starts one; {@code arguments} as its main method takes them. */
  static ScribeProcess start(List<String> options, Object... arguments) throws IOException {
    return start(Scribe.class, options, arguments);
  }

  /** Starts another program in the same way. */
  static ScribeProcess start(Class<?> main, List<String> options, Object... arguments)
      throws IOException {
    Path natives = Files.createTempDirectory("scribe"); // LevelDB's library: a killed JVM leaves it
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // these live for moments
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-Xmx64m", "-XX:-CreateCoredumpOnCrash", "-Djava.io.tmpdir=" + natives));
    command.add("-XX:ErrorFile=" + natives.resolve("error"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new ScribeProcess(process, natives);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it says a line that starts so; fails if it ends before. */
  String awaitLine(String start) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (String line = readLine(end); line != null; line = readLine(end)) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("it never said \"" + start + "\", but:\n" + said);
  }

  private String readLine(long end) throws IOException {
    while (!process.inputReader().ready() && process.isAlive()) {
      if (System.nanoTime() > end || endsWithin(2)) {
        break;
      }
    }
    String line =
        process.inputReader().ready() || !process.isAlive()
            ? process.inputReader().readLine()
            : null;
    said.append(line == null ? "" : line + "\n");
    return line;
  }

  /** Lets it go on that waits for a sign. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Lets it run for a while; true if it has ended. */
  boolean endsWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it has ended by itself. */
  int exitCode() {
    if (!endsWithin(PATIENCE.toMillis())) {
      throw new AssertionError("it does not end; it said:\n" + said);
    }
    return process.exitValue();
  }

  /** Returns what it said and was not asked for. */
  String rest() throws IOException {
    try (Stream<String> lines = process.inputReader().lines()) {
      return String.join("\n", lines.toList());
    }
  }

  /** Returns the same for a message. */
  String restOrWhy() {
    try {
      return rest();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Kills it as kill -9 does. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** Stops it in the middle of what it does; it holds still when this returns. */
  void freeze() throws IOException {
    Shell.run("kill", "-STOP", Long.toString(pid()));
    Path status = Path.of("/proc/" + pid() + "/task");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!allStopped(status)) {
      if (System.nanoTime() > end || endsWithin(1)) {
        throw new AssertionError("it does not hold still");
      }
    }
  }

  private static boolean allStopped(Path tasks) throws IOException {
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads.allMatch(
          thread -> {
            try {
              String stat = Files.readString(thread.resolve("stat"));
              return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
            } catch (IOException e) {
              return true; // that thread has ended
            }
          });
    }
  }

  void thaw() {
    Shell.run("kill", "-CONT", Long.toString(pid()));
  }

  /** Leaves nothing running and nothing lying about. */
  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      kill();
    }
    try (Stream<Path> files = Files.walk(natives)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
