package dev.keyling.examples.cli;

import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code store dump}: what one key holds. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints as JSON what a key holds: its states and timers, as of the newest completed",
      "checkpoint. No class of the program is needed: values are shown as their stored type",
      "tells, bytes in hex. 'job view' says the same for people to read."
    })
public final class DumpCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private StoreCommand streams;

  @Mixin private ClosedStore closed = new ClosedStore();

  @Mixin private AskedKey asked = new AskedKey();

  @Mixin private AsOf asOf = new AsOf();

  @Override
  public Integer call() throws IOException {
    KeyDump dump;
    try (OfflineStore store = closed.open()) {
      dump = KeyDump.of(asked.in(store, closed.dir()), asOf.checkpoint());
    }
    streams.out().println(Json.pretty(dump.words()));
    return 0;
  }
}
