package dev.keyling.actors;

import dev.keyling.time.TimeDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The earliest timer of every key of a key group, live or asleep, per domain. A key's later timers
 * are with its image: firing the first tells the next.
 */
final class TimerIndex {
  private final List<TreeSet<Due>> domains = List.of(new TreeSet<>(), new TreeSet<>());

  @SuppressWarnings("ArrayRecordComponent")
  private record Due(long time, byte[] key) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int order = Long.compare(time, other.time);
      return order != 0 ? order : Arrays.compareUnsigned(key, other.key);
    }
  }

  /** Moves a key from its earlier time to a later one; {@link Long#MAX_VALUE} is none. */
  void move(TimeDomain domain, byte[] key, long from, long to) {
    TreeSet<Due> due = domains.get(domain.ordinal());
    if (from != Long.MAX_VALUE) {
      due.remove(new Due(from, key));
    }
    if (to != Long.MAX_VALUE) {
      due.add(new Due(to, key));
    }
  }

  long soonest(TimeDomain domain) {
    TreeSet<Due> due = domains.get(domain.ordinal());
    return due.isEmpty() ? Long.MAX_VALUE : due.first().time;
  }

  /** Returns the keys that are due at the time, ordered by their timers, then by key. */
  List<byte[]> due(TimeDomain domain, long now) {
    List<byte[]> keys = new ArrayList<>();
    for (Due due : domains.get(domain.ordinal())) {
      if (due.time > now) {
        break;
      }
      keys.add(due.key);
    }
    return keys;
  }
}
