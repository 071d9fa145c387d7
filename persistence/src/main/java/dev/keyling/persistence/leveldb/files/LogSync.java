package dev.keyling.persistence.leveldb.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Closes a gap in LevelDB: a synchronized write synchronizes only the newest log, but what was
 * written without synchronization before it may stand at the end of the log before, and a power cut
 * would lose the older part and keep the newer one.
 */
public final class LogSync {

  private final Path directory;
  private long syncedLog;

  /** Looks after the logs of this database. */
  public LogSync(Path directory) {
    this.directory = directory;
  }

  /**
   * Called after a synchronized write, before it is acknowledged.
   *
   * @param nothingElse nothing was written without synchronization since the last call
   */
  public void synced(boolean nothingElse) throws IOException {
    if (nothingElse) {
      return;
    }
    List<Path> logs = logs(directory);
    long newest = logs.isEmpty() ? 0 : number(logs.get(logs.size() - 1));
    for (Path log : logs) {
      if (number(log) >= syncedLog && number(log) < newest) {
        force(log);
      }
    }
    syncedLog = newest;
  }

  /** Returns the log files of a database, oldest first. */
  static List<Path> logs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().matches("\\d+\\.log"))
          .sorted(java.util.Comparator.comparingLong(LogSync::number))
          .toList();
    }
  }

  /** Returns how many bytes the logs of a database take. */
  public static long bytes(Path directory) throws IOException {
    long bytes = 0;
    for (Path log : logs(directory)) {
      bytes += Files.size(log);
    }
    return bytes;
  }

  /** Returns the number of a log file. */
  static long number(Path log) {
    String name = log.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private static void force(Path log) throws IOException {
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.force(true);
    } catch (NoSuchFileException e) {
      // already moved into a table, which LevelDB synchronizes before it deletes the log
    }
  }
}
