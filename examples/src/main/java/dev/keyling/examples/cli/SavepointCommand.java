package dev.keyling.examples.cli;

import picocli.CommandLine.Command;

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
public final class SavepointCommand extends CommandGroup {}
