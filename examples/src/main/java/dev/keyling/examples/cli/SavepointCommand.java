package dev.keyling.examples.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code savepoint}: looks into a savepoint. */
@Command(
    name = "savepoint",
    mixinStandardHelpOptions = true,
    subcommands = ShowCommand.class,
    synopsisSubcommandLabel = "show",
    description = {"Looks into a savepoint. Nothing in its directory is changed.", ""},
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./keyling savepoint show before-upgrade",
      "  ./keyling savepoint show before-upgrade --step remember --key alice"
    })
public final class SavepointCommand implements Runnable, Streams {
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
