package dev.keyling.window;

import dev.keyling.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** How windows are stored: as the pair of their start and end. */
final class WindowCode {
  private static final long ALL_START = Long.MIN_VALUE;
  private static final long ALL_END = Long.MAX_VALUE;

  private WindowCode() {}

  static List<Long> pair(Window window) {
    return window instanceof TimeWindow time
        ? List.of(time.start(), time.end())
        : List.of(ALL_START, ALL_END);
  }

  /** Returns the windows of some pairs, one behind the other. */
  static List<Window> windows(List<Long> pairs) {
    List<Window> windows = new ArrayList<>(pairs.size() / 2);
    for (int i = 0; i < pairs.size(); i += 2) {
      windows.add(window(pairs.get(i), pairs.get(i + 1)));
    }
    return windows;
  }

  private static Window window(long start, long end) {
    return start == ALL_START && end == ALL_END ? new GlobalWindow() : new TimeWindow(start, end);
  }

  /** Returns the name of what a window has for itself. */
  static byte[] namespace(Window window) {
    ByteWriter writer = new ByteWriter(2 * Long.BYTES);
    pair(window).forEach(writer::writeLong);
    return writer.toByteArray();
  }
}
