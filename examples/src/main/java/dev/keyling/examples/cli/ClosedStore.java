package dev.keyling.examples.cli;

import dev.keyling.persistence.leveldb.offline.OfflineStore;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** Which store a command looks into. */
final class ClosedStore {
  @Parameters(paramLabel = "DIR", description = "Directory of the store.")
  private Path dir = Path.of("");

  Path dir() {
    return dir;
  }

  /** Opens it for reading; refused while a process uses it. */
  OfflineStore open() {
    return OfflineStore.open(dir);
  }
}
