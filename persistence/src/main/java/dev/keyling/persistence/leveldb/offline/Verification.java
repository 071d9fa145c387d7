package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.files.Merge;
import dev.keyling.persistence.leveldb.files.StoreFiles;
import dev.keyling.persistence.leveldb.files.StoreIdentity;
import dev.keyling.persistence.leveldb.files.StoredChange;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One check of a whole store that is not open. */
final class Verification {

  private final Path dir;
  private final Problems problems = new Problems();
  private final List<String> notes = new ArrayList<>();
  private int tables;
  private long batches;
  private long records;
  private long changes;

  Verification(Path dir) {
    this.dir = dir;
  }

  StoreVerdict run() {
    try {
      checkAll();
    } catch (StoreException e) {
      problems.add(dir.toString(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problems.add(dir.toString(), "cannot be read: " + e);
    }
    return new StoreVerdict(
        problems.first(), problems.count(), notes, tables, batches, records, changes);
  }

  private void checkAll() throws IOException {
    if (!Files.exists(dir.resolve(StoreIdentity.FILE))) {
      throw new StoreException("the file " + StoreIdentity.FILE + " is missing");
    }
    StoreIdentity identity = StoreIdentity.read(dir);
    identity.checkFormat(dir);
    StoreFiles files =
        StoreFiles.check(
            dir, identity, damage -> problems.add("files", String.valueOf(damage.getMessage())));
    notes.addAll(files.accepted());
    tables = files.tableCount();
    batches = files.logs().batches();
    RecordChecks checks = new RecordChecks(problems, identity);
    try (Merge merge = files.changes(new byte[0])) {
      byte[] before = null;
      for (StoredChange change = merge.next(); change != null; change = merge.next()) {
        boolean isNewest = before == null || !Arrays.equals(before, change.key());
        check(change, identity, isNewest, checks);
        before = change.key();
      }
    }
    checks.end();
  }

  private void check(
      StoredChange change, StoreIdentity identity, boolean isNewest, RecordChecks checks) {
    changes++;
    byte[] value = change.value();
    if (value == null) {
      return;
    }
    byte[] key = change.key();
    if (!Sealed.fits(key, value, identity.saltOf(key))) {
      problems.add(
          RecordInWords.of(key),
          "its checksum does not fit, in %s at byte %d".formatted(change.file(), change.offset()));
    } else if (isNewest) {
      records++;
      checks.record(key, Sealed.body(value));
    }
  }
}
