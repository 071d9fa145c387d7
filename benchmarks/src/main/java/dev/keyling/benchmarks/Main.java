package dev.keyling.benchmarks;

import java.io.PrintStream;
import java.util.List;

/** The command line {@code keyling} with the command {@code bench}. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    dev.keyling.examples.Main.main(args, List.of(new BenchCommand()));
  }

  /** Runs a command in this JVM and returns its exit code. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    return dev.keyling.examples.Main.run(args, List.of(new BenchCommand()), out, err);
  }
}
