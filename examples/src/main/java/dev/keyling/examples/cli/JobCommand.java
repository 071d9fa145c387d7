package dev.keyling.examples.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code job}: looks at a job that does not run. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    subcommands = {CheckpointsCommand.class, ViewCommand.class, HistoryCommand.class},
    synopsisSubcommandLabel = "checkpoints|view|history",
    description = {
      "Looks at a job that does not run, in the store that it used.",
      "Nothing in its directory is changed.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./keyling job checkpoints data",
      "  ./keyling job view data --step remember --key alice --as-of 1001",
      "  ./keyling job history data --step remember --key alice"
    })
public final class JobCommand implements Runnable, Streams {
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
