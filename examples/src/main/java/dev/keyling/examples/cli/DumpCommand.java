package dev.keyling.examples.cli;

import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code store dump}: what one key holds. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints as JSON what a key holds: its states and timers, as of the newest completed",
      "checkpoint. No class of the program is needed: values are shown as their stored type",
      "tells, bytes in hex."
    })
public final class DumpCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private StoreCommand streams;

  @Mixin private ClosedStore closed = new ClosedStore();

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

  @Option(
      names = "--as-of",
      paramLabel = "CHECKPOINT",
      description =
          "Id of an earlier checkpoint, of those that the dataflow retains (setNumRetained);"
              + " refused otherwise.")
  private @Nullable Long asOf;

  @Override
  public Integer call() throws IOException {
    Map<String, @Nullable Object> dumped;
    try (OfflineStore store = closed.open()) {
      dumped = new KeyDump(store, closed.dir()).of(dataflow, step, key, keyType, asOf);
    }
    streams.out().println(Json.pretty(dumped));
    return 0;
  }
}
