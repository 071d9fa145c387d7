package dev.keyling.persistence.leveldb.rows;

import dev.keyling.persistence.Durability;
import dev.keyling.persistence.GroupAddress;
import dev.keyling.persistence.History;
import dev.keyling.persistence.Mark;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.RowStore;
import dev.keyling.persistence.StoreException;
import dev.keyling.persistence.StoredEntry;
import dev.keyling.persistence.TimerVisitor;
import dev.keyling.persistence.leveldb.database.Compaction;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.database.Database;
import dev.keyling.persistence.leveldb.database.Tidying;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.KeyReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of a {@link Database}. */
public final class LevelDbRowStore implements RowStore {

  private final Database database;
  private final Tidying tidying;
  private final Compaction compaction;
  private final LongAdder keysRead = new LongAdder();
  private final ConcurrentHashMap<GroupAddress, GroupFilter> filters = new ConcurrentHashMap<>();

  /** The last flush under way of each group that has one: the next one waits for it. */
  private final ConcurrentHashMap<GroupAddress, CompletableFuture<Void>> flushes =
      new ConcurrentHashMap<>();

  /** The rows of a database; there must be one only, because it remembers what is under way. */
  public LevelDbRowStore(Database database) {
    this.database = database;
    this.tidying = database.tidying();
    this.compaction = database.compaction();
  }

  /** Returns how many keys were looked for on the disk so far. */
  public long keysRead() {
    return keysRead.sum();
  }

  @Override
  public List<List<StoredEntry>> read(GroupAddress group, List<byte[]> keys, History history) {
    keysRead.add(keys.size());
    GroupKeys layout = new GroupKeys(group);
    List<byte[]> starts = keys.stream().map(layout::rowsOf).toList();
    List<List<StoredEntry>> images =
        new ArrayList<>(Collections.nCopies(keys.size(), List.<StoredEntry>of()));
    int[] storedOrder =
        IntStream.range(0, keys.size())
            .boxed()
            .sorted((a, b) -> Arrays.compareUnsigned(starts.get(a), starts.get(b)))
            .mapToInt(Integer::intValue)
            .toArray();
    try (Cursor cursor = database.cursor(true)) {
      cursor.seek(layout.rows());
      int before = -1;
      for (int i : storedOrder) {
        boolean again = before >= 0 && Arrays.equals(starts.get(i), starts.get(before));
        images.set(i, again ? images.get(before) : image(cursor, starts.get(i), history));
        before = i;
      }
    }
    return images;
  }

  private static List<StoredEntry> image(Cursor cursor, byte[] start, History history) {
    List<StoredEntry> image = new ArrayList<>(4);
    cursor.advanceTo(start);
    newest(
        cursor,
        start,
        history,
        (key, value) -> {
          byte[] entry = new KeyReader(key, start.length).terminated();
          byte[] bytes = new byte[value.remaining()];
          value.get(bytes);
          image.add(new StoredEntry(entry, bytes));
          return true;
        });
    return image;
  }

  @Override
  public void timers(GroupAddress group, History history, TimerVisitor visitor) {
    byte[] start = new GroupKeys(group).timers();
    try (Cursor cursor = database.cursor(false)) {
      newest(
          cursor.seek(start),
          start,
          history,
          (key, value) -> {
            KeyReader reader = new KeyReader(key, start.length);
            byte domain = reader.next();
            long time = reader.ascending();
            visitor.timer(reader.terminated(), domain, time);
            return true;
          });
    }
  }

  @Override
  public List<byte[]> keys(
      GroupAddress group, History history, byte @Nullable [] after, int limit) {
    GroupKeys layout = new GroupKeys(group);
    byte[] rows = layout.rows();
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = database.cursor(false)) {
      cursor.seek(after == null ? rows : layout.behindRowsOf(after));
      while (keys.size() < limit && cursor.isIn(rows)) {
        byte[] key = new KeyReader(cursor.key(), rows.length).terminated();
        newest(
            cursor,
            layout.rowsOf(key),
            history,
            (stored, value) -> {
              keys.add(key);
              return false;
            });
        cursor.advanceTo(layout.behindRowsOf(key));
      }
    }
    return keys;
  }

  private interface LiveVisitor {
    /** Returns whether to go on. */
    boolean live(byte[] storedKey, ByteBuffer value);
  }

  /** Visits the newest version that counts of each entry, if it is live, from the cursor on. */
  private static void newest(Cursor cursor, byte[] start, History history, LiveVisitor visitor) {
    byte[] decided = {};
    for (; cursor.isIn(start); cursor.next()) {
      byte[] key = cursor.key();
      int length = key.length - GroupKeys.VERSION;
      boolean isDecided =
          decided.length == key.length && Arrays.equals(key, 0, length, decided, 0, length);
      if (!isDecided && history.contains(GroupKeys.idOf(key))) {
        decided = key;
        ByteBuffer body = cursor.body();
        if (body.get() != 0 && !visitor.live(key, body)) {
          return;
        }
      }
    }
  }

  @Override
  public boolean isEmpty(GroupAddress group) {
    return database.get(new GroupKeys(group).mark()) == null;
  }

  @Override
  public Optional<Mark> mark(GroupAddress group) {
    return Optional.ofNullable(stored(new GroupKeys(group))).map(StoredMark::mark);
  }

  @Override
  public GroupFilter filter(GroupAddress group) {
    return filters.computeIfAbsent(
        group, address -> GroupFilter.read(new GroupKeys(address), database));
  }

  private @Nullable StoredMark stored(GroupKeys keys) {
    ByteBuffer body = database.get(keys.mark());
    return body == null ? null : StoredMark.of(body);
  }

  @Override
  public CompletionStage<Void> flush(
      GroupAddress group, List<Row> rows, Mark mark, long oldestRetained, History history) {
    for (Row row : rows) {
      GroupKeys.isTimer(row.entry());
    }
    CompletableFuture<Void> flush =
        flushes.compute(
            group,
            (address, before) -> {
              Supplier<CompletableFuture<Void>> step =
                  () -> write(group, rows, mark, oldestRetained, history);
              return before == null
                  ? tidying.run(step)
                  : before.handle((done, failed) -> null).thenCompose(done -> tidying.run(step));
            });
    return Tidying.answer(flush, () -> flushes.remove(group, flush));
  }

  private CompletableFuture<Void> write(
      GroupAddress group, List<Row> rows, Mark mark, long oldestRetained, History history) {
    GroupKeys keys = new GroupKeys(group);
    StoredMark before = stored(keys);
    if (before != null && mark.id() < before.mark().id()) {
      throw new StoreException(
          "a flush of "
              + group
              + " up to "
              + mark.id()
              + " came after one up to "
              + before.mark().id()
              + ": an older life of the group is still writing; it is refused");
    }
    GroupFilter filter = filter(group);
    CompletableFuture<Void> written;
    try (Cursor cursor = database.cursor(true)) {
      FlushPlan plan = new FlushPlan(keys, cursor, history, oldestRetained);
      if (before != null && before.isRolledBackBy(history)) {
        plan.sweep();
      }
      Changes changes = plan.write(rows).changes();
      changes.put(keys.mark(), new StoredMark(mark, history).toValue(keys.mark()));
      filter.add(rows, changes);
      filter.gone(plan.gone());
      written = submit(filter, changes);
      long deleted = plan.deletedBytes();
      var unused = written.thenRun(() -> compaction.deleted(keys.all(), deleted));
    }
    return filter.isWorn() ? written.thenCompose(done -> renew(filter)) : written;
  }

  private CompletableFuture<Void> renew(GroupFilter filter) {
    return tidying.run(
        () -> {
          try (Cursor cursor = database.cursor(false)) {
            return submit(filter, filter.renew(cursor));
          }
        });
  }

  private CompletableFuture<Void> submit(GroupFilter filter, Changes changes) {
    return database
        .submit(changes, Durability.OS)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                filter.lost();
              }
            });
  }
}
