package dev.keyling.persistence.leveldb.files;

import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.record.BatchChain;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of a database that is not open, read without LevelDB, whose native code believes what
 * it reads: manifest, tables and logs are checked here first. Only {@link #mend} changes anything.
 */
public final class StoreFiles {

  /** The last key of every store. */
  private static final byte[] CREATION_KEY = {Tag.CREATION};

  private final Path db;
  private final List<Manifest.Table> tables;
  private final LogChanges changes;
  private final LogCheck logs;
  private final @Nullable TornTail tornManifest;
  private final Damage.Sink damage;

  private StoreFiles(Path db, Damage.Sink damage, Predicate<ByteBuffer> keys) throws IOException {
    this.db = db;
    this.damage = damage;
    if (!Files.exists(db.resolve("CURRENT"))) {
      throw new StoreException(
          "the store in "
              + db.getParent()
              + " has lost its data (db/CURRENT): restore the directory from a copy");
    }
    Manifest manifest = Manifest.check(db, damage);
    this.tornManifest = manifest.torn();
    this.tables = intact(manifest.tables());
    this.changes = new LogChanges(keys);
    this.logs = LogCheck.of(db, manifest.oldestLog(), batchInTables(), damage, changes);
    changes.sort();
  }

  /**
   * Checks what can be checked without reading all: the manifest, the index and the range of every
   * table, the chain of batches through tables and logs, and that all is of the same store.
   *
   * @param damage gets what is wrong; files it concerns are left out then
   * @throws StoreException if nothing can be read at all
   */
  public static StoreFiles check(Path dir, StoreIdentity identity, Damage.Sink damage)
      throws IOException {
    return check(dir, identity, damage, key -> true);
  }

  /** The same for a store that is opened: of the logs only the store's own records are kept. */
  public static StoreFiles checkOnly(Path dir, StoreIdentity identity) throws IOException {
    return check(dir, identity, Damage.Sink.REFUSE, key -> key.remaining() == CREATION_KEY.length);
  }

  private static StoreFiles check(
      Path dir, StoreIdentity identity, Damage.Sink damage, Predicate<ByteBuffer> keys)
      throws IOException {
    StoreFiles files = new StoreFiles(dir.resolve("db"), damage, keys);
    files.checkCreation(identity);
    SyncedMark.check(files.db, files.logs.newest()).ifPresent(damage::found);
    return files;
  }

  /** Returns what was found in the logs. */
  public LogCheck logs() {
    return logs;
  }

  /** Returns a line for each damage that is accepted. */
  public List<String> accepted() {
    List<String> accepted = new ArrayList<>();
    if (tornManifest != null) {
      accepted.add(tornManifest.inWords());
    }
    accepted.addAll(logs.accepted());
    return accepted;
  }

  /** Cuts off what was accepted, which LevelDB would refuse. Nothing else here changes files. */
  public void mend(Consumer<String> report) throws IOException {
    accepted().forEach(report);
    if (tornManifest != null) {
      tornManifest.cut();
    }
    logs.mend();
  }

  List<Manifest.Table> tables() {
    return tables;
  }

  /** Returns how many tables there are. */
  public int tableCount() {
    return tables.size();
  }

  /** Returns all changes from a key on, by key, the newest of each key first. */
  public Merge changes(byte[] from) {
    List<Run> runs = new ArrayList<>();
    runs.add(changes.from(from));
    runs.addAll(runs(from));
    return new Merge(runs);
  }

  /** Returns the sealed value of a key, null if it has none. */
  byte @Nullable [] get(byte[] key) throws IOException {
    try (Merge merge = changes(key)) {
      StoredChange change = merge.next();
      return change != null && Arrays.equals(change.key(), key) ? change.value() : null;
    }
  }

  private List<TableRun> runs(byte[] from) {
    return tables.stream()
        .filter(table -> Arrays.compareUnsigned(table.largest().key(), from) >= 0)
        .map(table -> new TableRun(table, from, damage))
        .toList();
  }

  private List<Manifest.Table> intact(List<Manifest.Table> listed) throws IOException {
    List<Manifest.Table> intact = new ArrayList<>();
    for (Manifest.Table table : listed) {
      try {
        TableFile.check(table);
        intact.add(table);
      } catch (StoreException e) {
        damage.found(e);
      }
    }
    return intact;
  }

  /** The newest batch of the tables: the logs go on behind it. */
  private BatchChain batchInTables() throws IOException {
    try (Merge merge = new Merge(runs(BatchChain.key()))) {
      StoredChange change = merge.next();
      byte[] value = change == null ? null : change.value();
      if (change == null || value == null || !Arrays.equals(change.key(), BatchChain.key())) {
        return BatchChain.START;
      }
      return BatchChain.of(Sealed.open(BatchChain.key(), value));
    }
  }

  private void checkCreation(StoreIdentity identity) throws IOException {
    byte[] value = get(CREATION_KEY);
    String creation = value == null ? "" : text(value);
    if (!creation.equals(identity.creation().toString())) {
      damage.found(
          new StoreException(
              "the database and the identity file in "
                  + db.getParent()
                  + " are not of the same store: restore both"));
    }
  }

  private static String text(byte[] value) {
    return StandardCharsets.US_ASCII.decode(Sealed.open(CREATION_KEY, value)).toString();
  }
}
