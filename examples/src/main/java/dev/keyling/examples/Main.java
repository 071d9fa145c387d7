package dev.keyling.examples;

import dev.keyling.examples.bench.BenchCommand;
import dev.keyling.examples.cli.ListCommand;
import dev.keyling.examples.cli.Refusals;
import dev.keyling.examples.cli.RunCommand;
import dev.keyling.examples.cli.Streams;
import dev.keyling.examples.cli.Version;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code keyling}. */
@Command(
    name = "keyling",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {ListCommand.class, RunCommand.class, BenchCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs the examples of Keyling, stateful stream processing on Apache Pekko.",
    footerHeading = "%nExamples:%n",
    footer = {"  ./keyling list", "  ./keyling run fraud", "  ./keyling run --help"})
public final class Main implements Runnable, Streams {
  private static final int BUFFER = 64 << 10;

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.setProperty("keyling.log.exceptions", Refusals.detailed() ? "%ex" : "%nopex");
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
            false,
            StandardCharsets.UTF_8);
    int exitCode = run(args, out, System.err);
    out.flush();
    System.exit(exitCode);
  }

  /**
   * Runs a command in this JVM.
   *
   * @param out takes the results
   * @param err takes everything that is for people
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    Refusals refusals = new Refusals(err);
    return new CommandLine(new Main(out, err))
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(refusals)
        .setExecutionExceptionHandler(refusals)
        .execute(args);
  }

  /** Without a command: what there is. */
  @Override
  public void run() {
    CommandLine.usage(this, out);
  }

  @Override
  public PrintStream out() {
    return out;
  }

  @Override
  public PrintStream err() {
    return err;
  }
}
