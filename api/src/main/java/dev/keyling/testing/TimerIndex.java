package dev.keyling.testing;

import dev.keyling.kernel.Delta;
import dev.keyling.kernel.EntryKey;
import dev.keyling.kernel.Image;
import dev.keyling.time.TimeDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All timers (or all sweeps) of all keys of a step, by time, then by the bytes of the key. */
final class TimerIndex {
  private static final Comparator<Timer> ORDER =
      Comparator.comparingLong(Timer::time)
          .thenComparing(timer -> timer.key().bytes(), Arrays::compareUnsigned);

  private final Predicate<EntryKey> indexed;
  private final NavigableSet<Timer> eventTime = new TreeSet<>(ORDER);
  private final NavigableSet<Timer> processingTime = new TreeSet<>(ORDER);

  /** A timer that is set. */
  record Timer(long time, KeyMemory key) {}

  /** Indexes timers, or sweeps. */
  TimerIndex(Predicate<EntryKey> indexed) {
    this.indexed = indexed;
  }

  private NavigableSet<Timer> of(TimeDomain domain) {
    return domain == TimeDomain.EVENT_TIME ? eventTime : processingTime;
  }

  /** Follows the changes of a key. */
  void follow(KeyMemory key, List<Delta> deltas) {
    for (Delta delta : deltas) {
      EntryKey entry = delta.entry();
      if (indexed.test(entry)) {
        Timer timer = new Timer(entry.time(), key);
        if (delta.value() == null) {
          of(entry.domain()).remove(timer);
        } else {
          of(entry.domain()).add(timer);
        }
      }
    }
  }

  /** Takes over the timers of a stored key. */
  void load(KeyMemory key, Image image) {
    for (EntryKey entry : image.entries().keySet()) {
      if (indexed.test(entry)) {
        of(entry.domain()).add(new Timer(entry.time(), key));
      }
    }
  }

  /** Returns the earliest timer, null if there is none. */
  @Nullable Timer first(TimeDomain domain) {
    return of(domain).isEmpty() ? null : of(domain).first();
  }

  /** Returns the timers that are due at a time, in order. */
  List<Timer> due(TimeDomain domain, long now) {
    List<Timer> due = new ArrayList<>();
    for (Timer timer : of(domain)) {
      if (timer.time() > now) {
        break;
      }
      due.add(timer);
    }
    return due;
  }

  boolean contains(TimeDomain domain, Timer timer) {
    return of(domain).contains(timer);
  }

  int size(TimeDomain domain) {
    return of(domain).size();
  }
}
