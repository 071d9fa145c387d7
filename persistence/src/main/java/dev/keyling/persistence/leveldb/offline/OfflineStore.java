package dev.keyling.persistence.leveldb.offline;

import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.leveldb.files.Damage;
import dev.keyling.persistence.leveldb.files.Merge;
import dev.keyling.persistence.leveldb.files.StoreFiles;
import dev.keyling.persistence.leveldb.files.StoreIdentity;
import dev.keyling.persistence.leveldb.files.StoreLock;
import dev.keyling.persistence.leveldb.files.StoredChange;
import dev.keyling.persistence.leveldb.journal.EventRecord;
import dev.keyling.persistence.leveldb.journal.Floor;
import dev.keyling.persistence.leveldb.journal.JournalKeys;
import dev.keyling.persistence.leveldb.record.KeyReader;
import dev.keyling.persistence.leveldb.record.Sealed;
import dev.keyling.persistence.leveldb.record.Tag;
import dev.keyling.persistence.leveldb.rows.GroupKeys;
import dev.keyling.persistence.leveldb.rows.StoredMark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A store that nobody uses, read from its files, which are not changed. Keeps others from using it
 * until it is closed. Not thread-safe. Reads that meet something damaged throw a {@link
 * StoreException}; {@link #verify} goes on and tells all.
 */
public final class OfflineStore implements AutoCloseable {

  private final Path dir;
  private final StoreLock lock;
  private @Nullable StoreIdentity identity;
  private @Nullable StoreFiles files;

  private OfflineStore(Path dir, StoreLock lock) {
    this.dir = dir;
    this.lock = lock;
  }

  /**
   * Opens the store in a directory.
   *
   * @throws StoreException if there is none, or somebody uses it
   */
  public static OfflineStore open(Path dir) {
    if (!Files.isDirectory(dir)) {
      throw new StoreException("there is no directory " + dir + ": give the directory of a store");
    }
    if (!Files.exists(dir.resolve(StoreIdentity.FILE)) && !Files.exists(dir.resolve("db"))) {
      throw new StoreException(
          dir + " holds no store of Keyling: give the directory it was told to use");
    }
    try {
      return new OfflineStore(dir, StoreLock.share(dir));
    } catch (IOException e) {
      throw unreadable(dir, e);
    }
  }

  /** An event of a journal: what its serializer made of it. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Event(long sequenceNr, byte[] payload) {}

  /** Takes records in the order of their keys. */
  @FunctionalInterface
  interface Visitor {

    /** Called with a key and the checked body of its value. */
    void record(byte[] key, ByteBuffer body);
  }

  /** Checks every file, every block and every record, as far as they can be read. */
  public StoreVerdict verify() {
    return new Verification(dir).run();
  }

  /** Counts what is in the store. */
  public StoreStats stats() {
    StatsCollector collector = new StatsCollector();
    scan(new byte[0], collector::record);
    try {
      return collector.stats(identity(), dir);
    } catch (IOException e) {
      throw unreadable(dir, e);
    }
  }

  /** Returns the number of key groups per step. */
  public int keyGroups() {
    return identity().keyGroups();
  }

  /** Returns all versions of all entries of a key, the newest version of each entry first. */
  public List<Row> rows(GroupAddress group, byte[] key) {
    List<Row> rows = new ArrayList<>();
    byte[] prefix = new GroupKeys(group).rowsOf(key);
    scan(
        prefix,
        (stored, body) -> {
          KeyReader in = new KeyReader(stored, prefix.length);
          byte[] entry = in.terminated();
          boolean isLive = body.get() != 0;
          byte[] value = new byte[body.remaining()];
          body.get(value);
          rows.add(new Row(key, entry, in.descending(), isLive ? value : null));
        });
    return rows;
  }

  /** Returns how far the rows of a key group reach; empty if nothing was ever flushed. */
  public Optional<Mark> mark(GroupAddress group) {
    List<Mark> marks = new ArrayList<>(1);
    scan(new GroupKeys(group).mark(), (key, body) -> marks.add(StoredMark.of(body).mark()));
    return marks.stream().findFirst();
  }

  /** Returns the ids of all journals that hold events. */
  public SortedSet<String> persistenceIds() {
    SortedSet<String> ids = new TreeSet<>();
    scan(
        new byte[] {Tag.EVENT},
        (key, body) ->
            ids.add(new String(new KeyReader(key, 1).terminated(), StandardCharsets.UTF_8)));
    return ids;
  }

  /** Returns the events of a journal that are not deleted. */
  public List<Event> events(String persistenceId) {
    JournalKeys keys = new JournalKeys(persistenceId);
    List<Floor> floors = new ArrayList<>(List.of(Floor.NONE));
    scan(keys.floor(), (key, body) -> floors.add(Floor.of(body)));
    long deletedTo = floors.get(floors.size() - 1).deletedTo();
    List<Event> events = new ArrayList<>();
    scan(
        keys.events(),
        (key, body) -> {
          long sequenceNr = keys.sequenceNrOf(key);
          if (sequenceNr > deletedTo) {
            events.add(new Event(sequenceNr, EventRecord.payloadBytes(body)));
          }
        });
    return events;
  }

  /** Visits the newest record of every key that starts with a prefix. */
  private void scan(byte[] prefix, Visitor visitor) {
    try (Merge merge = files().changes(prefix)) {
      byte[] before = null;
      for (StoredChange change = merge.next();
          change != null && KeyReader.startsWith(change.key(), prefix);
          change = merge.next()) {
        byte[] key = change.key();
        byte[] value = change.value();
        if (value != null && !Arrays.equals(key, before)) {
          visitor.record(key, Sealed.open(key, value, identity().saltOf(key)));
        }
        before = key;
      }
    } catch (IOException e) {
      throw unreadable(dir, e);
    }
  }

  private StoreFiles files() throws IOException {
    StoreFiles checked = files;
    if (checked == null) {
      checked = StoreFiles.check(dir, identity(), Damage.Sink.REFUSE);
      files = checked;
    }
    return checked;
  }

  private StoreIdentity identity() {
    StoreIdentity read = identity;
    if (read == null) {
      try {
        read = StoreIdentity.read(dir);
      } catch (IOException e) {
        throw unreadable(dir, e);
      }
      read.checkFormat(dir);
      identity = read;
    }
    return read;
  }

  private static StoreException unreadable(Path dir, IOException e) {
    return new StoreException(
        "cannot read the store in " + dir + ": " + e + "; store verify tells more", e);
  }

  @Override
  public void close() {
    lock.close();
  }
}
