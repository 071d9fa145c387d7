package dev.keyling.persistence.leveldb;

import dev.keyling.persistence.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at the logs of a database before LevelDB does, because LevelDB steps over damage: a torn
 * tail is accepted and reported, a hole is refused. After a power cut, pages of what was never
 * synchronized may be missing before pages that are there: then everything from the first missing
 * one on is left out, so that what is left is what was written up to some moment. Only {@link
 * #mend} changes files.
 */
final class LogCheck {

  /** Takes the batches that count, oldest first. */
  @FunctionalInterface
  interface Batches {

    /** Called per batch. */
    void batch(Path log, LogFile.Entry entry);
  }

  /** What is to be cut off before LevelDB reads the logs, and why. */
  private record Cut(Path log, long end, List<Path> newer, String report) {}

  private final Path db;
  private final Damage.Sink damage;
  private final Batches batches;
  private final List<Cut> cuts = new ArrayList<>();
  private BatchChain last;

  private LogCheck(Path db, BatchChain before, Damage.Sink damage, Batches batches) {
    this.db = db;
    this.last = before;
    this.damage = damage;
    this.batches = batches;
  }

  /**
   * Checks the logs of a database that is not open.
   *
   * @param oldest number of the oldest log that is not in tables
   * @param before the newest batch that is in tables
   * @param damage gets a hole, behind which nothing counts
   */
  static LogCheck of(
      Path db, long oldest, BatchChain before, Damage.Sink damage, Batches batches)
      throws IOException {
    LogCheck check = new LogCheck(db, before, damage, batches);
    List<Path> logs = LogSync.logs(db).stream().filter(l -> LogSync.number(l) >= oldest).toList();
    boolean goesOn = true;
    for (int i = 0; i < logs.size() && goesOn; i++) {
      goesOn = check.isWhole(logs.get(i), logs.subList(i + 1, logs.size()));
    }
    return check;
  }

  /** Returns the newest batch of the database. */
  BatchChain newest() {
    return last;
  }

  /** Returns a line for each damage that was accepted. */
  List<String> accepted() {
    return cuts.stream().map(Cut::report).toList();
  }

  /** Cuts off what does not count. LevelDB would refuse it. */
  void mend(Consumer<String> report) throws IOException {
    for (Cut cut : cuts) {
      for (Path path : cut.newer()) {
        Files.move(path, path.resolveSibling(path.getFileName() + ".lost"));
      }
      try (FileChannel file = FileChannel.open(cut.log(), StandardOpenOption.WRITE)) {
        file.truncate(cut.end());
        file.force(true);
      }
      report.accept(cut.report());
    }
  }

  /** Returns false if this log is the last one that counts. */
  private boolean isWhole(Path log, List<Path> newer) throws IOException {
    LogFile.Content content = LogFile.read(log);
    long end = 0;
    for (LogFile.Entry entry : content.entries()) {
      if (!follow(log, entry)) {
        return false;
      }
      end = entry.end();
    }
    Long spot = content.damage();
    if (spot == null) {
      return true;
    }
    List<LogFile.Entry> lost = new ArrayList<>(content.behind());
    for (Path path : newer) {
      lost.addAll(LogFile.read(path).entries());
    }
    if (!content.later() && lost.isEmpty()) {
      String torn = "torn tail of " + log + " at byte " + spot + " left out: never acknowledged";
      cuts.add(new Cut(log, end, List.of(), torn));
      return true;
    }
    if (!content.neverWritten() || wasSynced(lost)) {
      damage.found(hole(log, "unreadable at byte " + spot + ", but newer writes follow"));
      return false;
    }
    String cut = "writes that were not synchronized before a power cut are lost: %s from byte %d";
    cuts.add(new Cut(log, end, newer, cut.formatted(log, end)));
    return false;
  }

  private boolean follow(Path log, LogFile.Entry entry) {
    BatchChain next = LogBatch.chainOf(entry.bytes()).orElse(null);
    if (next == null) {
      damage.found(hole(log, "the batch at byte " + entry.start() + " is not ours"));
      return false;
    }
    if (next.number() != last.number() + 1 || next.previous() != last.chain()) {
      String what = "batch %d is followed by batch %d at byte %d";
      String step = what.formatted(last.number(), next.number(), entry.start());
      damage.found(
          hole(log, next.number() == last.number() + 1 ? step + ", of another store" : step));
      return false;
    }
    last = next;
    batches.batch(log, entry);
    return true;
  }

  /** Tells whether a batch that cannot be kept says that something missing was on disk once. */
  private boolean wasSynced(List<LogFile.Entry> lost) {
    return lost.stream()
        .map(entry -> LogBatch.chainOf(entry.bytes()))
        .anyMatch(chain -> chain.isEmpty() || chain.get().synced() > last.number());
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
