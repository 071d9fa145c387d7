package dev.keyling.examples.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line why a command does not do what was asked for. */
public final class Refusals implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final List<String> DETAILED = List.of("DEBUG", "TRACE", "ALL");

  private final PrintStream err;

  /** Writes to this stream. */
  public Refusals(PrintStream err) {
    this.err = err;
  }

  /** Tells whether the user wants to see stack traces. */
  public static boolean detailed() {
    String level = System.getenv("KEYLING_LOG_LEVEL");
    return level != null && DETAILED.stream().anyMatch(level::equalsIgnoreCase);
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = "./" + command.getCommandSpec().qualifiedName() + " --help";
    String problem = words(e);
    err.printf("keyling: %s%s See %s%n", problem, problem.endsWith("?") ? "" : ".", help);
    return Failure.REFUSED;
  }

  private static String words(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched().get(0), e.getCommandLine().getCommandSpec());
    }
    String problem = String.valueOf(e.getMessage()).strip().replaceAll("\\R\\s*", " ");
    return Character.toLowerCase(problem.charAt(0)) + problem.substring(1);
  }

  private static String unknown(String argument, CommandSpec command) {
    boolean option = argument.startsWith("-");
    Set<String> known = (option ? command.optionsMap() : command.subcommands()).keySet();
    if (known.isEmpty()) {
      return "'%s' is one argument too many".formatted(argument);
    }
    List<String> meant = Spelling.nearest(argument, List.copyOf(known));
    return "there is no %s '%s'%s"
        .formatted(
            option ? "option" : "command",
            argument,
            meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    Failure failure = Failure.of(e);
    command.getOut().flush();
    err.println(failure.message());
    if (!failure.explained() && detailed()) {
      e.printStackTrace(err);
    }
    return failure.exitCode();
  }
}
