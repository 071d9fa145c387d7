package dev.keyling.examples.cli;

import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which key a command asks for. */
final class AskedKey {
  @Option(names = "--step", required = true, paramLabel = "S", description = "Id of the step.")
  private String step = "";

  @Option(names = "--key", required = true, paramLabel = "K", description = "The key, as text.")
  private String key = "";

  @Option(
      names = "--key-type",
      paramLabel = "T",
      description =
          "What the text is: string, long, int, short, byte, uuid, enum, or hex for the stored"
              + " form. Without it, the first of these that the store has.")
  private @Nullable String keyType;

  @Option(
      names = "--dataflow",
      paramLabel = "D",
      description = "Name of the dataflow, if several have this step.")
  private @Nullable String dataflow;

  /**
   * Finds out where a store may have it.
   *
   * @param dir the directory of the store, for messages
   * @throws UsageException if there is no such step, dataflow or type
   */
  SoughtKey in(OfflineStore store, Path dir) {
    return SoughtKey.of(store, dir, dataflow, step, key, keyType);
  }
}
