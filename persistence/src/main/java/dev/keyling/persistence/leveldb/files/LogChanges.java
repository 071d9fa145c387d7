package dev.keyling.persistence.leveldb.files;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The changes in the logs, which are in no order there; all, or only those of some keys. */
final class LogChanges implements LogCheck.Batches {

  private final Predicate<ByteBuffer> wanted;
  private final List<StoredChange> changes = new ArrayList<>();

  LogChanges(Predicate<ByteBuffer> wanted) {
    this.wanted = wanted;
  }

  @Override
  public void batch(Path log, LogFile.Entry entry) {
    LogBatch.visit(
        entry.bytes(),
        (sequence, key, value) -> {
          if (wanted.test(key)) {
            changes.add(
                new StoredChange(
                    new InternalKey(bytes(key), sequence, value != null),
                    value == null ? null : bytes(value),
                    log,
                    entry.start()));
          }
        });
  }

  /** Sorts them, to be done once after the last batch. */
  void sort() {
    changes.sort(Comparator.comparing(StoredChange::at));
  }

  /** Returns the changes from a key on. */
  Run from(byte[] key) {
    InternalKey wanted = InternalKey.before(key);
    int low = 0;
    int high = changes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (changes.get(middle).at().compareTo(wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new Sorted(wanted, changes.subList(low, changes.size()).iterator());
  }

  private record Sorted(InternalKey start, Iterator<StoredChange> changes) implements Run {
    @Override
    public @Nullable StoredChange next() {
      return changes.hasNext() ? changes.next() : null;
    }

    @Override
    public void close() {}
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
