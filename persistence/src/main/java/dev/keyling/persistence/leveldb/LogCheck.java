package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the logs of a database before LevelDB does, because LevelDB steps over damage: a torn
 * tail is accepted and reported, a hole is refused. After a power cut, pages of what was never
 * synchronized may be missing before pages that are there: then everything from the first missing
 * one on is cut off, so that what is left is what was written up to some moment.
 */
final class LogCheck {

  private final Path db;
  private final Consumer<String> report;
  private @Nullable BatchChain last;
  private @Nullable Path previous;
  private long previousEnd;
  private long mustHold;

  /**
   * What the logs say.
   *
   * @param newest their newest batch, null if they hold none
   * @param mustHold number of a batch that must be in the database, in its tables if not in the
   *     logs; 0 if none
   */
  record Logged(@Nullable BatchChain newest, long mustHold) {

    /** Checks that the newest batch of the opened database is the one that must be. */
    boolean fits(BatchChain stored) {
      return stored.number() >= mustHold && (newest == null || newest.equals(stored));
    }
  }

  private LogCheck(Path db, Consumer<String> report) {
    this.db = db;
    this.report = report;
  }

  /**
   * Checks all files of a database that is not open.
   *
   * @param report gets a line for what was accepted
   * @throws StoreException if something is missing that was acknowledged
   */
  static Logged run(Path db, Consumer<String> report) throws IOException {
    long oldest = Manifest.check(db).oldestLog();
    LogCheck check = new LogCheck(db, report);
    List<Path> logs = LogSync.logs(db).stream().filter(l -> LogSync.number(l) >= oldest).toList();
    for (int i = 0; i < logs.size(); i++) {
      if (!check.isWhole(logs.get(i), logs.subList(i + 1, logs.size()))) {
        break;
      }
    }
    return new Logged(check.last, check.mustHold);
  }

  /** Returns false if this log is the last one that is left, or gone itself. */
  private boolean isWhole(Path log, List<Path> newer) throws IOException {
    LogFile.Content content = LogFile.read(log);
    Path before = previous;
    if (before != null && !content.entries().isEmpty() && !goesOn(content.entries().get(0))) {
      List<Path> behind = new ArrayList<>(List.of(log));
      behind.addAll(newer);
      loseEnd(before, previousEnd, content.behind(), behind);
      return false;
    }
    previous = log;
    previousEnd = 0;
    for (LogFile.Entry entry : content.entries()) {
      follow(log, entry);
      previousEnd = entry.end();
    }
    Long damage = content.damage();
    if (damage == null) {
      return true;
    }
    if (!content.later() && entries(newer).isEmpty()) {
      report.accept("torn tail of " + log + " at byte " + damage + " left out: never acknowledged");
      return true;
    }
    if (!content.neverWritten()) {
      throw hole(log, "unreadable at byte " + damage + ", but newer writes follow");
    }
    loseEnd(log, previousEnd, content.behind(), newer);
    return false;
  }

  private static List<LogFile.Entry> entries(List<Path> logs) throws IOException {
    List<LogFile.Entry> entries = new ArrayList<>();
    for (Path log : logs) {
      entries.addAll(LogFile.read(log).entries());
    }
    return entries;
  }

  /** Tells whether a log goes on where the one before ends; each had something in it once. */
  private boolean goesOn(LogFile.Entry next) {
    BatchChain before = last;
    return before != null
        && LogBatch.chainOf(next.bytes())
            .map(chain -> chain.number() <= before.number() + 1) // anything else shows later
            .orElse(true);
  }

  private void loseEnd(Path log, long end, List<LogFile.Entry> behind, List<Path> newer)
      throws IOException {
    List<LogFile.Entry> lost = new ArrayList<>(behind);
    lost.addAll(entries(newer));
    if (wasSynced(lost)) {
      throw hole(log, "unreadable at byte " + end + ", but newer writes follow");
    }
    cut(log, end, newer);
  }

  private void follow(Path log, LogFile.Entry entry) {
    BatchChain next =
        LogBatch.chainOf(entry.bytes())
            .orElseThrow(() -> hole(log, "the batch at byte " + entry.start() + " is not ours"));
    BatchChain before = last;
    if (before != null
        && (next.number() != before.number() + 1 || next.previous() != before.chain())) {
      throw hole(
          log,
          "batch %d is followed by batch %d at byte %d"
              .formatted(before.number(), next.number(), entry.start()));
    }
    last = next;
  }

  /**
   * Tells whether a batch that cannot be kept says that something missing was on disk once. If all
   * batches of the logs are gone, only the tables can tell; then it is checked later.
   */
  private boolean wasSynced(List<LogFile.Entry> lost) {
    long synced = 0;
    for (LogFile.Entry entry : lost) {
      synced =
          Math.max(
              synced,
              LogBatch.chainOf(entry.bytes()).map(BatchChain::synced).orElse(Long.MAX_VALUE));
    }
    mustHold = synced;
    BatchChain kept = last;
    return kept == null ? synced == Long.MAX_VALUE : synced > kept.number();
  }

  private void cut(Path log, long end, List<Path> newer) throws IOException {
    for (Path path : newer) {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".lost"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.truncate(end);
      file.force(true);
    }
    report.accept(
        "writes that were not synchronized before a power cut are lost: "
            + log
            + " from byte "
            + end);
  }

  private StoreException hole(Path log, String what) {
    return new StoreException(
        "a hole in the store "
            + db
            + ": "
            + log.getFileName()
            + ": "
            + what
            + "; restore the directory from a copy or a savepoint");
  }
}
