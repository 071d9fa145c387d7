package dev.keyling.examples.cli;

import java.io.PrintStream;

/** Where a command writes: results to one stream, everything for people to the other. */
public interface Streams {
  PrintStream out();

  PrintStream err();
}
