package dev.keyling.examples.cli;

import picocli.CommandLine.Command;

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
public final class JobCommand extends CommandGroup {}
