package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.leveldb.files.StoreIdentity;
import dev.keyling.persistence.leveldb.record.BatchChain;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Tag;
import java.nio.ByteBuffer;
import java.util.Map;

/** What is checked of a record, by its tag. */
final class RecordChecks {

  private final Problems problems;
  private final Map<Byte, RecordCheck> checks;
  private final JournalCheck journals;
  private final SnapshotCheck snapshots;

  RecordChecks(Problems problems, StoreIdentity identity) {
    this.problems = problems;
    this.journals = new JournalCheck(problems);
    this.snapshots = new SnapshotCheck(problems);
    this.checks =
        Map.of(
            Tag.BATCH,
            (key, in, body) -> BatchChain.of(body),
            Tag.EVENT,
            journals::event,
            Tag.FLOOR,
            journals::floor,
            Tag.SNAPSHOT,
            snapshots::head,
            Tag.SNAPSHOT_DATA,
            snapshots::piece,
            Tag.GROUP,
            new GroupCheck(problems, identity.keyGroups()),
            Tag.CREATION,
            (key, in, body) -> in.end());
  }

  void record(byte[] key, ByteBuffer body) {
    RecordCheck check = key.length == 0 ? null : checks.get(key[0]);
    if (check == null) {
      problems.add(RecordInWords.of(key), "this program knows no such records");
      return;
    }
    try {
      check.record(key, new KeyReader(key, 1), body);
    } catch (RuntimeException e) {
      problems.add(RecordInWords.of(key), "not understood: " + e.getMessage());
    }
  }

  void end() {
    checks.values().forEach(RecordCheck::end);
    journals.end();
    snapshots.end();
  }
}
