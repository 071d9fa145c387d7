package dev.keyling.window;

import dev.keyling.state.ReducingState;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.Types;
import org.jspecify.annotations.Nullable;

/** When a continuous trigger fires next: one time per window, the least of those that merge. */
final class NextFiring {
  private static final ReducingStateDescriptor<Long> NEXT =
      new ReducingStateDescriptor<>("trigger.next", Math::min, Types.LONG);

  private NextFiring() {}

  /** Returns the time; null if none is set. */
  static @Nullable Long of(TriggerContext ctx) {
    return ctx.getReducingState(NEXT).get();
  }

  /** Tells whether this is the time; it is set no longer then. */
  static boolean take(long time, TriggerContext ctx) {
    ReducingState<Long> next = ctx.getReducingState(NEXT);
    Long set = next.get();
    if (set == null || set != time) {
      return false;
    }
    next.clear();
    return true;
  }

  static void set(long time, TriggerContext ctx) {
    ctx.getReducingState(NEXT).add(time);
  }

  static void clear(TriggerContext ctx) {
    ctx.getReducingState(NEXT).clear();
  }

  static void merge(TriggerContext ctx) {
    ctx.mergePartitionedState(NEXT);
  }

  /** Returns the first multiple of the interval after a time; the limit if that comes before. */
  static long multipleAfter(long time, long interval, long limit) {
    long start = time - Math.floorMod(time, interval);
    return start > limit - interval ? limit : start + interval;
  }
}
