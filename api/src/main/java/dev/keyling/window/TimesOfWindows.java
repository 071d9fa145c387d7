package dev.keyling.window;

import dev.keyling.function.RuntimeContext;
import dev.keyling.state.MapState;
import dev.keyling.state.MapStateDescriptor;
import dev.keyling.state.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which windows of a key have a timer at which time, in one domain. */
record TimesOfWindows(MapState<Long, List<Long>> byTime) {

  static TimesOfWindows of(RuntimeContext ctx, String name) {
    return new TimesOfWindows(
        ctx.getMapState(new MapStateDescriptor<>(name, Types.LONG, Types.listOf(Types.LONG))));
  }

  List<Window> at(long time) {
    List<Long> pairs = byTime.get(time);
    return pairs == null ? List.of() : WindowCode.windows(pairs);
  }

  /** Tells whether it is the first at that time. */
  boolean add(long time, Window window) {
    List<Window> windows = at(time);
    if (!windows.contains(window)) {
      List<Window> more = new ArrayList<>(windows);
      more.add(window);
      set(time, more);
    }
    return windows.isEmpty();
  }

  /** Tells whether it was there. */
  boolean remove(long time, Window window) {
    List<Window> left = new ArrayList<>(at(time));
    boolean found = left.remove(window);
    if (found) {
      set(time, left);
    }
    return found;
  }

  private void set(long time, List<Window> windows) {
    List<Long> pairs = new ArrayList<>(2 * windows.size());
    windows.forEach(window -> pairs.addAll(WindowCode.pair(window)));
    if (pairs.isEmpty()) {
      byTime.remove(time);
    } else {
      byTime.put(time, pairs);
    }
  }

  void clear(long time) {
    byTime.remove(time);
  }

  /** Returns the times at which there is any, ascending. */
  List<Long> times() {
    List<Long> times = new ArrayList<>();
    byTime.keys().forEach(times::add);
    Collections.sort(times);
    return times;
  }
}
