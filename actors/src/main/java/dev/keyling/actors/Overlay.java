package dev.keyling.actors;

import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.EntryValue;
import dev.keyling.kernel.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The changes of one key that are not yet in rows: per entry the newest, and its commit. */
final class Overlay {
  /** The commit of a change that no commit has taken yet. */
  private static final long PENDING = Long.MAX_VALUE;

  /** The commit of a change of which nothing is known yet. */
  private static final long NEW = Long.MIN_VALUE;

  private @Nullable Change single;
  private @Nullable Map<EntryKey, Change> many;

  /** The changes that no commit has taken yet, chained: there is one overlay per key. */
  private @Nullable Change pending;

  /** The newest change of an entry; value null if it was removed. */
  private static final class Change {
    final EntryKey entry;
    @Nullable EntryValue value;
    long commit;

    /** Whether no commit and no row has ever heard of the entry. */
    boolean unheard;

    @Nullable Change nextPending;

    Change(EntryKey entry, @Nullable EntryValue value, long commit) {
      this.entry = entry;
      this.value = value;
      this.commit = commit;
    }
  }

  /** Reads what a change will read, and returns something of it. */
  int fetch() {
    return single == null || single.commit == PENDING ? 0 : 1;
  }

  boolean isEmpty() {
    return single == null && (many == null || many.isEmpty());
  }

  boolean hasPending() {
    return pending != null;
  }

  /** Takes over what a turn changed; returns how many of the changes are new to the next commit. */
  int merge(List<Delta> deltas) {
    int fresh = 0;
    for (Delta delta : deltas) {
      Change change = change(delta.entry());
      change.value = delta.value();
      if (change.commit != PENDING) {
        change.unheard = change.commit == NEW && isNewTimer(delta);
        change.commit = PENDING;
        change.nextPending = pending;
        pending = change;
        fresh++;
      } else if (change.unheard && delta.value() == null) {
        takeBack(change);
        fresh--;
      }
    }
    return fresh;
  }

  /** A key sets no timer that it has; so one of which nothing is known here is new. */
  private static boolean isNewTimer(Delta delta) {
    return delta.value() != null && delta.entry().isWakeUp();
  }

  /** What was added is removed before anybody has heard of it, as timers are that move on. */
  private void takeBack(Change change) {
    remove(change.entry);
    if (pending == change) {
      pending = change.nextPending;
    } else {
      change.commit = NEW; // is passed over at the seal
    }
  }

  /** Takes over what a turn changed, where nothing is ever committed: this is all there is. */
  void keep(List<Delta> deltas) {
    for (Delta delta : deltas) {
      if (delta.value() == null) {
        remove(delta.entry());
      } else {
        change(delta.entry()).value = delta.value();
      }
    }
  }

  /** Takes over what a recovered commit says. */
  void recover(EntryKey entry, @Nullable EntryValue value, long commit) {
    Change change = change(entry);
    change.value = value;
    change.commit = commit;
  }

  private Change change(EntryKey entry) {
    Change only = single;
    if (only != null && only.entry.equals(entry)) {
      return only;
    }
    Map<EntryKey, Change> map = many;
    if (map == null) {
      if (only == null) {
        return single = new Change(entry, null, NEW);
      }
      map = new HashMap<>();
      map.put(only.entry, only);
      single = null;
      many = map;
    }
    return map.computeIfAbsent(entry, e -> new Change(e, null, NEW));
  }

  private void remove(EntryKey entry) {
    if (single != null && single.entry.equals(entry)) {
      single = null;
    }
    if (many != null) {
      many.remove(entry);
    }
  }

  /** Gives the pending changes to a commit. */
  List<Delta> seal(long commit) {
    List<Delta> sealed = new ArrayList<>(2);
    Change change = pending;
    pending = null;
    while (change != null) {
      Change next = change.nextPending;
      change.nextPending = null;
      if (change.commit == PENDING) {
        change.commit = commit;
        change.unheard = false;
        sealed.add(new Delta(change.entry, change.value));
      }
      change = next;
    }
    return sealed;
  }

  /** Forgets what is in rows now. */
  void dropUpTo(long commit) {
    if (single != null && single.commit <= commit) {
      single = null;
    }
    if (many != null) {
      many.values().removeIf(change -> change.commit <= commit);
      if (many.isEmpty()) {
        many = null;
      }
    }
  }

  /** Returns the image that the stored entries and these changes make together. */
  Image over(SortedMap<EntryKey, EntryValue> stored) {
    if (isEmpty()) {
      return Image.of(stored);
    }
    SortedMap<EntryKey, EntryValue> entries = new TreeMap<>(stored);
    if (single != null) {
      apply(single, entries);
    }
    if (many != null) {
      many.values().forEach(change -> apply(change, entries));
    }
    return Image.of(entries);
  }

  private static void apply(Change change, SortedMap<EntryKey, EntryValue> entries) {
    if (change.value == null) {
      entries.remove(change.entry);
    } else {
      entries.put(change.entry, change.value);
    }
  }
}
