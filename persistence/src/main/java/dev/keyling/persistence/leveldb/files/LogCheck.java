package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.BatchChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the logs of a database before LevelDB does, because LevelDB steps over damage: a torn
 * tail is accepted and reported, a hole is refused. After a power cut, pages of what was never
 * synchronized may be missing before pages that are there: then everything from the first missing
 * one on is left out, so that what is left is what was written up to some moment. Only {@link
 * #mend} changes files.
 */
public final class LogCheck {

  /** Takes the batches that count, oldest first. */
  @FunctionalInterface
  interface Batches {

    /** Called per batch. */
    void batch(Path log, LogFile.Entry entry);
  }

  /** What is to be cut off before LevelDB reads the logs, and why. */
  private record Cut(TornTail tail, List<Path> newer, String report) {}

  private final Path db;
  private final Damage.Sink damage;
  private final Batches batches;
  private final List<Cut> cuts = new ArrayList<>();
  private BatchChain last;
  private long count;
  private @Nullable TornTail previous;

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
  static LogCheck of(Path db, long oldest, BatchChain before, Damage.Sink damage, Batches batches)
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
  public BatchChain newest() {
    return last;
  }

  /** Returns how many batches the logs hold. */
  public long batches() {
    return count;
  }

  /** Returns a line for each damage that was accepted. */
  List<String> accepted() {
    return cuts.stream().map(Cut::report).toList();
  }

  /** Cuts off what does not count. LevelDB would refuse it. */
  void mend() throws IOException {
    for (Cut cut : cuts) {
      for (Path path : cut.newer()) {
        Path lost = path.resolveSibling(path.getFileName() + ".lost");
        Files.move(path, lost, StandardCopyOption.REPLACE_EXISTING);
      }
      cut.tail().cut();
    }
  }

  /** Returns false if this log is the last one that counts, or does not count itself. */
  private boolean isWhole(Path log, List<Path> newer) throws IOException {
    LogFile.Content content = LogFile.read(log);
    TornTail before = previous;
    if (before != null && !content.entries().isEmpty() && !goesOn(content.entries().get(0))) {
      List<Path> behind = new ArrayList<>(List.of(log));
      behind.addAll(newer);
      loseEnd(before, content.behind(), behind);
      return false;
    }
    for (LogFile.Entry entry : content.entries()) {
      if (!follow(log, entry)) {
        return false;
      }
    }
    TornTail tail = new TornTail(log, content.end());
    previous = tail;
    Long spot = content.damage();
    if (spot == null) {
      return true;
    }
    if (!content.later() && entries(newer).isEmpty()) {
      cuts.add(new Cut(tail, List.of(), tail.inWords()));
      return true;
    }
    if (content.neverWritten()) {
      loseEnd(tail, content.behind(), newer);
    } else {
      damage.found(hole(log, "unreadable at byte " + spot + ", but newer writes follow"));
    }
    return false;
  }

  private static List<LogFile.Entry> entries(List<Path> logs) throws IOException {
    List<LogFile.Entry> entries = new ArrayList<>();
    for (Path log : logs) {
      entries.addAll(LogFile.read(log).entries());
    }
    return entries;
  }

  /** Leaves out what is behind the end of a log, unless some of it was on the disk once. */
  private void loseEnd(TornTail tail, List<LogFile.Entry> behind, List<Path> newer)
      throws IOException {
    List<LogFile.Entry> lost = new ArrayList<>(behind);
    lost.addAll(entries(newer));
    if (wasSynced(lost)) {
      String what = "unreadable at byte " + tail.end() + ", but newer writes follow";
      damage.found(hole(tail.file(), what));
      return;
    }
    String cut = "writes that were not synchronized before a power cut are lost: %s from byte %d";
    cuts.add(new Cut(tail, newer, cut.formatted(tail.file(), tail.end())));
  }

  /** Tells whether a log goes on where the one before ends; each had something in it once. */
  private boolean goesOn(LogFile.Entry next) {
    return LogBatch.chainOf(next.bytes())
        .map(chain -> chain.number() <= last.number() + 1) // anything else is found later
        .orElse(true);
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
    count++;
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
