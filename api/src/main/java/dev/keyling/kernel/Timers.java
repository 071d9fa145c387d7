package dev.keyling.kernel;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** The timers of one key in one domain: a sorted set of times. Immutable, so that undo is free. */
final class Timers {
  static final Timers NONE = new Timers(new long[0]);

  private final long[] times;

  private Timers(long[] times) {
    this.times = times;
  }

  boolean isEmpty() {
    return times.length == 0;
  }

  int size() {
    return times.length;
  }

  /** Returns the earliest time; {@link Long#MAX_VALUE} if there is none. */
  long first() {
    return times.length == 0 ? Long.MAX_VALUE : times[0];
  }

  boolean contains(long time) {
    return Arrays.binarySearch(times, time) >= 0;
  }

  Timers with(long time) {
    int at = Arrays.binarySearch(times, time);
    if (at >= 0) {
      return this;
    }
    int insert = -at - 1;
    long[] more = new long[times.length + 1];
    System.arraycopy(times, 0, more, 0, insert);
    more[insert] = time;
    System.arraycopy(times, insert, more, insert + 1, times.length - insert);
    return new Timers(more);
  }

  Timers without(long time) {
    int at = Arrays.binarySearch(times, time);
    if (at < 0) {
      return this;
    }
    if (times.length == 1) {
      return NONE;
    }
    long[] fewer = new long[times.length - 1];
    System.arraycopy(times, 0, fewer, 0, at);
    System.arraycopy(times, at + 1, fewer, at, fewer.length - at);
    return new Timers(fewer);
  }

  /** Returns all times, ascending. */
  long[] toArray() {
    return times.clone();
  }

  /** Tells what was added and what was removed since the given earlier set. */
  void changesSince(Timers before, LongConsumer added, LongConsumer removed) {
    int i = 0;
    int j = 0;
    while (i < before.times.length || j < times.length) {
      if (j == times.length || (i < before.times.length && before.times[i] < times[j])) {
        removed.accept(before.times[i++]);
      } else if (i == before.times.length || times[j] < before.times[i]) {
        added.accept(times[j++]);
      } else {
        i++;
        j++;
      }
    }
  }
}
