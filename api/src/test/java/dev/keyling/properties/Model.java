package dev.keyling.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one key is to hold: plain collections, with the rules of time to live written out. */
final class Model {
  private static final long NONE = Long.MIN_VALUE;

  private final Setup setup;
  @Nullable Entry value;
  List<Entry> list = new ArrayList<>();
  TreeMap<String, Entry> map = new TreeMap<>();
  @Nullable Entry reduced;
  @Nullable Entry aggregated;
  TreeSet<Long> eventTimers = new TreeSet<>();
  TreeSet<Long> processingTimers = new TreeSet<>();

  private long now;
  private long stamp;

  /** A value, null included, and its stamp. Immutable. */
  record Entry(@Nullable Object value, long stamp) {}

  Model(Setup setup) {
    this.setup = setup;
  }

  Model copy() {
    Model copy = new Model(setup);
    copy.value = value;
    copy.list = new ArrayList<>(list);
    copy.map = new TreeMap<>(map);
    copy.reduced = reduced;
    copy.aggregated = aggregated;
    copy.eventTimers = new TreeSet<>(eventTimers);
    copy.processingTimers = new TreeSet<>(processingTimers);
    return copy;
  }

  /** A turn begins. */
  void at(long clock, long watermark, long timestamp) {
    now = setup.inEventTime() ? watermark : clock;
    stamp = setup.inEventTime() ? Math.max(watermark, timestamp) : clock;
    if (setup.expires() && stamp != NONE) { // what has no stamp counts as written now
      value = stamped(value);
      list.replaceAll(this::stamped);
      map.replaceAll((key, entry) -> stamped(entry));
      reduced = stamped(reduced);
      aggregated = stamped(aggregated);
    }
  }

  private Entry stamped(Entry entry) {
    return entry == null || entry.stamp != NONE ? entry : new Entry(entry.value, stamp);
  }

  private boolean isExpired(Entry entry) {
    return setup.expires() && entry.stamp != NONE && entry.stamp + setup.ttl() <= now;
  }

  /** Returns what is written in the place of an entry. */
  Entry written(@Nullable Object newValue, @Nullable Entry before) {
    if (!setup.expires()) {
      return new Entry(newValue, NONE);
    }
    boolean fresh = before == null || isExpired(before);
    return new Entry(newValue, fresh ? stamp : Math.max(stamp, before.stamp));
  }

  /** Returns the value that a write goes on with; null if there is none. */
  @Nullable Object alive(@Nullable Entry entry) {
    return entry == null || isExpired(entry) ? null : entry.value;
  }

  /** What a read sees, and what it leaves. */
  record Read(boolean seen, @Nullable Entry left) {}

  Read read(@Nullable Entry entry) {
    if (entry == null) {
      return new Read(false, null);
    } else if (isExpired(entry)) {
      return new Read(setup.showsExpired(), null);
    }
    return new Read(
        true, setup.expires() && setup.readsStamp() ? written(entry.value, entry) : entry);
  }

  @Nullable Object readValue() {
    Read read = read(value);
    Object seen = read.seen() ? value.value : null;
    value = read.left();
    return seen;
  }

  @Nullable Object readReduced() {
    Read read = read(reduced);
    Object seen = read.seen() ? reduced.value : null;
    reduced = read.left();
    return seen;
  }

  @Nullable Object readAggregated() {
    Read read = read(aggregated);
    Object seen = read.seen() ? aggregated.value : null;
    aggregated = read.left();
    return seen;
  }

  List<Object> readList() {
    List<Object> seen = new ArrayList<>();
    List<Entry> left = new ArrayList<>();
    for (Entry entry : list) {
      Read read = read(entry);
      if (read.seen()) {
        seen.add(entry.value);
      }
      if (read.left() != null) {
        left.add(read.left());
      }
    }
    list = left;
    return seen;
  }

  boolean contains(String key) {
    Read read = read(map.get(key));
    leave(key, read);
    return read.seen();
  }

  @Nullable Object get(String key) {
    Entry entry = map.get(key);
    Read read = read(entry);
    leave(key, read);
    return read.seen() ? entry.value : null;
  }

  List<String> keys() {
    return new ArrayList<>(map.keySet()).stream().filter(this::contains).toList();
  }

  boolean isMapEmpty() {
    return map.values().stream().allMatch(this::isExpired);
  }

  private void leave(String key, Read read) {
    if (read.left() == null) {
      map.remove(key);
    } else {
      map.put(key, read.left());
    }
  }
}
