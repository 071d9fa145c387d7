package dev.keyling.persistence.leveldb.rows;

import dev.keyling.persistence.History;
import dev.keyling.persistence.Row;
import dev.keyling.persistence.leveldb.database.Cursor;
import dev.keyling.persistence.leveldb.record.Changes;
import dev.keyling.persistence.leveldb.record.Sealed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out what one flush writes and removes. Walks the touched entries in stored order beside a
 * cursor, so that a flush of most keys of a group reads the group once.
 */
final class FlushPlan {

  /** Debts settled per flush: a flush that only tidies stays short. */
  private static final int MAX_DEBTS = 20_000;

  /** One entry to look at: a new version of it, or none if it is only to be tidied. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Touched(byte[] versions, @Nullable Row row) {
    long id() {
      return row == null ? Long.MIN_VALUE : row.id();
    }
  }

  private static final Comparator<Touched> STORED_ORDER =
      Comparator.comparing(Touched::versions, Arrays::compareUnsigned)
          .thenComparing(Comparator.comparingLong(Touched::id).reversed());

  private final GroupKeys keys;
  private final Cursor cursor;
  private final History history;
  private final long oldestRetained;
  private final Changes changes = new Changes();
  private long deletedBytes;
  private int gone;

  /** Bytes of the stored versions of the entry at hand. */
  private long storedBytes;

  FlushPlan(GroupKeys keys, Cursor cursor, History history, long oldestRetained) {
    this.keys = keys;
    this.cursor = cursor;
    this.history = history;
    this.oldestRetained = oldestRetained;
  }

  /** Removes every row of the group that does not count any more. */
  FlushPlan sweep() {
    for (cursor.seek(keys.rows()); cursor.isIn(keys.rows()); cursor.next()) {
      byte[] key = cursor.key();
      long id = GroupKeys.idOf(key);
      if (!history.contains(id) && id <= history.newest()) {
        delete(Arrays.copyOf(key, key.length - GroupKeys.VERSION), id, cursor.size());
      }
    }
    return this;
  }

  /** Writes these rows, and tidies their entries and those whose time has come. */
  FlushPlan write(List<Row> rows) {
    List<Touched> touched = new ArrayList<>(rows.size());
    for (Row row : rows) {
      touched.add(new Touched(keys.versionsOf(row.key(), row.entry()), row));
    }
    settleDebts(touched);
    touched.sort(STORED_ORDER);
    cursor.seek(keys.rows());
    for (int from = 0, to; from < touched.size(); from = to) {
      byte[] versions = touched.get(from).versions();
      to = from + 1;
      while (to < touched.size() && Arrays.equals(touched.get(to).versions(), versions)) {
        to++;
      }
      entry(versions, touched.subList(from, to));
    }
    return this;
  }

  Changes changes() {
    return changes;
  }

  /** Returns how many bytes of what was stored are removed. */
  long deletedBytes() {
    return deletedBytes;
  }

  /** Returns how many entries were stored and are not any more. */
  int gone() {
    return gone;
  }

  private void settleDebts(List<Touched> touched) {
    int settled = 0;
    cursor.seek(keys.debts());
    while (cursor.isIn(keys.debts())
        && keys.dueOf(cursor.key()) <= oldestRetained
        && settled++ < MAX_DEBTS) {
      touched.add(new Touched(keys.versionsOfDebt(cursor.key()), null));
      changes.delete(cursor.key());
      deletedBytes += cursor.size();
      cursor.next();
    }
  }

  private void entry(byte[] versions, List<Touched> touched) {
    List<Version> stored = stored(versions);
    List<Version> all = merge(fresh(touched), stored);
    List<Version> needed = Version.needed(all, history, oldestRetained);
    for (Version version : all) {
      boolean isNeeded = needed.contains(version);
      if (isNeeded && version.isFresh()) {
        put(versions, version);
      } else if (!isNeeded && version.isStored()) {
        delete(versions, version.id(), storedBytes / stored.size());
      }
    }
    gone += needed.isEmpty() && !stored.isEmpty() ? 1 : 0;
    if (needed.size() > 1) {
      byte[] debt = keys.debt(needed.get(needed.size() - 2).id(), versions);
      changes.put(debt, Sealed.seal(debt));
    }
  }

  private static List<Version> fresh(List<Touched> touched) {
    List<Version> fresh = new ArrayList<>(touched.size());
    for (Touched one : touched) {
      Row row = one.row();
      if (row != null) {
        fresh.add(new Version(row.id(), row.value() != null, false, true, row.value()));
      }
    }
    return fresh;
  }

  private List<Version> stored(byte[] versions) {
    List<Version> stored = new ArrayList<>(2);
    storedBytes = 0;
    for (cursor.advanceTo(versions); cursor.isIn(versions); cursor.next()) {
      boolean isLive = cursor.body().get() != 0;
      storedBytes += cursor.size();
      stored.add(new Version(GroupKeys.idOf(cursor.key()), isLive, true, false, null));
    }
    return stored;
  }

  /** Merges two lists, newest first; of one id the fresh version wins, and of two the later. */
  private static List<Version> merge(List<Version> fresh, List<Version> stored) {
    List<Version> all = new ArrayList<>(fresh.size() + stored.size());
    int next = 0;
    for (int i = 0; i < fresh.size(); i++) {
      Version version = fresh.get(i);
      if (i + 1 < fresh.size() && fresh.get(i + 1).id() == version.id()) {
        continue;
      }
      while (next < stored.size() && stored.get(next).id() > version.id()) {
        all.add(stored.get(next++));
      }
      boolean replaces = next < stored.size() && stored.get(next).id() == version.id();
      next += replaces ? 1 : 0;
      all.add(new Version(version.id(), version.isLive(), replaces, true, version.value()));
    }
    all.addAll(stored.subList(next, stored.size()));
    return all;
  }

  private void put(byte[] versions, Version version) {
    byte[] value = version.value();
    byte[] sealed = new byte[Sealed.ROOM + 1 + (value == null ? 0 : value.length)];
    sealed[Sealed.ROOM] = (byte) (version.isLive() ? 1 : 0);
    if (value != null) {
      System.arraycopy(value, 0, sealed, Sealed.ROOM + 1, value.length);
    }
    byte[] key = GroupKeys.version(versions, version.id());
    changes.put(key, Sealed.sealInPlace(key, sealed));
    byte[] timer = keys.timerVersions(versions);
    if (timer != null) {
      byte[] index = GroupKeys.version(timer, version.id());
      changes.put(index, Sealed.seal(index, sealed[Sealed.ROOM]));
    }
  }

  private void delete(byte[] versions, long id, long bytes) {
    deletedBytes += bytes;
    changes.delete(GroupKeys.version(versions, id));
    byte[] timer = keys.timerVersions(versions);
    if (timer != null) {
      changes.delete(GroupKeys.version(timer, id));
    }
  }
}
