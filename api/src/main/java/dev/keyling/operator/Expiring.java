package dev.keyling.operator;

import dev.keyling.function.LookupCache;
import dev.keyling.function.MapFunction;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A cache whose entries are good for so long, by the clock. For one thread. */
final class Expiring<K, V> implements LookupCache<K, V> {
  /** What nobody asks for again must go too, but looking for it must not cost much. */
  private static final int ROOM = 1000;

  private final MapFunction<? super K, ? extends V> getter;
  private final long ttl;
  private final InstantSource clock;
  private final String where;
  private final Map<K, Found<V>> entries = new HashMap<>();
  private int full = ROOM;

  private record Found<V>(V value, long at) {}

  /**
   * @param ttl in ms
   * @param where names the step in messages
   */
  Expiring(
      MapFunction<? super K, ? extends V> getter, long ttl, InstantSource clock, String where) {
    this.getter = getter;
    this.ttl = ttl;
    this.clock = clock;
    this.where = where;
  }

  @Override
  public V get(K key) throws Exception {
    Found<V> found = entries.get(key);
    long now = clock.millis();
    if (found == null || isExpired(found, now)) {
      V value = getter.map(key);
      found = new Found<>(Objects.requireNonNull(value, () -> nothing(key)), now);
      entries.put(key, found);
      makeRoom(now);
    }
    return found.value();
  }

  private boolean isExpired(Found<V> found, long now) {
    return now - found.at() > ttl;
  }

  private String nothing(K key) {
    return "%s: the getter gave null for \"%s\"; give an Optional if there may be nothing"
        .formatted(where, key);
  }

  private void makeRoom(long now) {
    if (entries.size() >= full) {
      entries.values().removeIf(found -> isExpired(found, now));
      full = Math.max(ROOM, 2 * entries.size());
    }
  }

  @Override
  public void remove(K key) {
    entries.remove(key);
  }

  /** Returns the number of entries, those included that are too old. */
  int size() {
    return entries.size();
  }
}
