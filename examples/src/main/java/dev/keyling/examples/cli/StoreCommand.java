package dev.keyling.examples.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code store}: looks into a store that nobody uses. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    subcommands = {VerifyCommand.class, StatsCommand.class, DumpCommand.class},
    synopsisSubcommandLabel = "verify|stats|dump",
    description = {
      "Looks into a store that no process uses. Nothing in its directory is changed.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./keyling store verify data",
      "  ./keyling store stats data --json",
      "  ./keyling store dump data --step remember --key alice"
    })
public final class StoreCommand implements Runnable, Streams {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command: what there is. */
  @Override
  public void run() {
    CommandLine.usage(spec, streams.out());
  }

  @Override
  public PrintStream out() {
    return streams.out();
  }

  @Override
  public PrintStream err() {
    return streams.err();
  }
}
