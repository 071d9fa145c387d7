package dev.keyling.examples.cli;

import picocli.CommandLine.Command;

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
public final class StoreCommand extends CommandGroup {}
