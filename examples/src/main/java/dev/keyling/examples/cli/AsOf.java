package dev.keyling.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As of which checkpoint a command shows something. */
final class AsOf {
  @Option(
      names = "--as-of",
      paramLabel = "CHECKPOINT",
      description =
          "Id of an earlier checkpoint, of those that the dataflow retains (setNumRetained);"
              + " refused otherwise.")
  private @Nullable Long checkpoint;

  /** Returns its id; null for the newest. */
  @Nullable Long checkpoint() {
    return checkpoint;
  }
}
