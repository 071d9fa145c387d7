package dev.keyling.examples.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that only leads to others: by itself it says which there are. */
class CommandGroup implements Runnable, Streams {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create();

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
