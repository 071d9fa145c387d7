package dev.keyling.examples.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code list}: which examples there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the examples: what each reads and does.")
public final class ListCommand implements Runnable {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Streams streams;

  @Override
  public void run() {
    int width = 2 + Catalogue.standard().names().stream().mapToInt(String::length).max().orElse(0);
    for (Example<?, ?> example : Catalogue.standard().examples()) {
      streams.out().printf("%-" + width + "s%s%n", example.name(), example.summary());
      streams.out().printf("%-" + width + "sreads %s%n", "", example.input().shape());
    }
    streams.out().println("Run one with ./keyling run EXAMPLE; see ./keyling run --help.");
  }
}
