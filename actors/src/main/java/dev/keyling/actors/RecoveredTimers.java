package dev.keyling.actors;

import dev.keyling.kernel.EntryKey;
import dev.keyling.time.TimeDomain;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * All timers and sweeps of all keys while a key group recovers: those in rows, changed by commits.
 */
final class RecoveredTimers {
  private final Map<Byte, Map<ByteBuffer, TreeSet<Long>>> byCode = new HashMap<>();

  /** Takes the time at which a key is to be woken first. */
  interface Visitor {
    void wakeUp(byte[] key, TimeDomain domain, long time);
  }

  void add(byte[] key, byte code, long time) {
    change(key, code, time, true);
  }

  /**
   * @param code as {@link EntryKey#wakeUpCode()}
   */
  void change(byte[] key, byte code, long time, boolean set) {
    TreeSet<Long> times =
        byCode
            .computeIfAbsent(code, c -> new HashMap<>())
            .computeIfAbsent(ByteBuffer.wrap(key), k -> new TreeSet<>());
    if (set) {
      times.add(time);
    } else {
      times.remove(time);
    }
  }

  void earliest(Visitor visitor) {
    for (TimeDomain domain : TimeDomain.values()) {
      Map<ByteBuffer, Long> earliest = new HashMap<>();
      byCode.forEach(
          (code, keys) -> {
            if (EntryKey.domainOf(code) == domain) {
              keys.forEach(
                  (key, times) -> {
                    if (!times.isEmpty()) {
                      earliest.merge(key, times.first(), Math::min);
                    }
                  });
            }
          });
      earliest.forEach((key, time) -> visitor.wakeUp(key.array(), domain, time));
    }
  }
}
