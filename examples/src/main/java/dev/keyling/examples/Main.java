package dev.keyling.examples;

import dev.keyling.examples.cli.JobCommand;
import dev.keyling.examples.cli.ListCommand;
import dev.keyling.examples.cli.Refusals;
import dev.keyling.examples.cli.RunCommand;
import dev.keyling.examples.cli.SavepointCommand;
import dev.keyling.examples.cli.StoreCommand;
import dev.keyling.examples.cli.Streams;
import dev.keyling.examples.cli.Version;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code keyling}. */
@Command(
    name = "keyling",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ListCommand.class,
      RunCommand.class,
      JobCommand.class,
      StoreCommand.class,
      SavepointCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Runs the examples of Keyling, stateful stream processing on Apache Pekko.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./keyling list",
      "  ./keyling run fraud",
      "  ./keyling run --help",
      "  ./keyling bench --help"
    })
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
    main(args, List.of());
  }

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param further commands of picocli that there are besides
   */
  public static void main(String[] args, List<?> further) {
    System.setProperty("keyling.log.exceptions", Refusals.detailed() ? "%ex" : "%nopex");
    PrintStream out = stream(FileDescriptor.out, false);
    PrintStream err = stream(FileDescriptor.err, true);
    int exitCode = run(args, further, out, err);
    out.flush();
    System.exit(exitCode);
  }

  /** Text is UTF-8 for us, whatever the platform says. */
  private static PrintStream stream(FileDescriptor descriptor, boolean flushEveryLine) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
        flushEveryLine,
        StandardCharsets.UTF_8);
  }

  /**
   * Runs a command in this JVM.
   *
   * @param out takes the results
   * @param err takes everything that is for people
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, List.of(), out, err);
  }

  /**
   * Runs a command in this JVM.
   *
   * @param further commands of picocli that there are besides
   * @param out takes the results
   * @param err takes everything that is for people
   * @return the exit code
   */
  public static int run(String[] args, List<?> further, PrintStream out, PrintStream err) {
    Refusals refusals = new Refusals(err);
    CommandLine line = new CommandLine(new Main(out, err));
    further.forEach(line::addSubcommand);
    return line.setExpandAtFiles(false)
        .setOut(writer(out))
        .setErr(writer(err))
        .setParameterExceptionHandler(refusals)
        .setExecutionExceptionHandler(refusals)
        .execute(args);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
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
