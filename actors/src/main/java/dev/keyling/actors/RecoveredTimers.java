package dev.keyling.actors;

import dev.keyling.time.TimeDomain;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All timers of all keys while a key group recovers: those in rows, changed by commits. */
final class RecoveredTimers {
  private final List<Map<ByteBuffer, TreeSet<Long>>> domains =
      List.of(new HashMap<>(), new HashMap<>());

  /** Takes a key's earliest timer. */
  interface Visitor {
    void timer(byte[] key, TimeDomain domain, long time);
  }

  void add(byte[] key, TimeDomain domain, long time) {
    change(key, domain, time, true);
  }

  void change(byte[] key, TimeDomain domain, long time, boolean set) {
    TreeSet<Long> times =
        domains.get(domain.ordinal()).computeIfAbsent(ByteBuffer.wrap(key), k -> new TreeSet<>());
    if (set) {
      times.add(time);
    } else {
      times.remove(time);
    }
  }

  void earliest(Visitor visitor) {
    for (TimeDomain domain : TimeDomain.values()) {
      domains
          .get(domain.ordinal())
          .forEach(
              (key, times) -> {
                if (!times.isEmpty()) {
                  visitor.timer(key.array(), domain, times.first());
                }
              });
    }
  }
}
