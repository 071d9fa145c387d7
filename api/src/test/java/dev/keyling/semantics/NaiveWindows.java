package dev.keyling.semantics;

import dev.keyling.window.TimeWindow;
import dev.keyling.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The windows of one key as one would write them down from their definition, everything kept and
 * looked through again for every question.
 *
 * @see RandomWindowsTest
 */
final class NaiveWindows {

  /** What windows there are. */
  record Shape(boolean session, long size, long slide, long offset) {
    /** Returns the windows of an element: every start is tried that there could be. */
    List<TimeWindow> windowsOf(long timestamp) {
      if (session) {
        return List.of(new TimeWindow(timestamp, timestamp + size));
      }
      return LongStream.rangeClosed(timestamp - size + 1, timestamp)
          .filter(start -> (start - offset) % slide == 0)
          .mapToObj(start -> new TimeWindow(start, start + size))
          .toList();
    }
  }

  /**
   * When windows fire.
   *
   * @param count every so manyth element; 0 for the end of the window
   * @param keeps of the contents when they fire, the newest; 0 for all
   */
  record Firing(long count, boolean purging, int keeps) {}

  private static final class Open {
    private TimeWindow window;
    private List<String> contents = new ArrayList<>();
    private long counted;

    Open(TimeWindow window) {
      this.window = window;
    }
  }

  private final Shape shape;
  private final Firing firing;
  private final long lateness;
  private final List<Open> open = new ArrayList<>();
  private final List<String> fired = new ArrayList<>();
  private final List<String> late = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;

  NaiveWindows(Shape shape, Firing firing, long lateness) {
    this.shape = shape;
    this.firing = firing;
    this.lateness = lateness;
  }

  void element(String element, long timestamp) {
    boolean taken = false;
    for (TimeWindow window : shape.windowsOf(timestamp)) {
      Open place = shape.session() ? merged(window) : known(window);
      if (place.window.end() - 1 + lateness > watermark) {
        taken = true;
        open.removeIf(other -> other.window.touches(place.window) && shape.session());
        open.remove(place);
        open.add(place);
        add(place, element);
      }
    }
    if (!taken && timestamp + lateness <= watermark) {
      late.add(element);
    }
  }

  private Open known(TimeWindow window) {
    return open.stream()
        .filter(each -> each.window.equals(window))
        .findFirst()
        .orElseGet(() -> new Open(window));
  }

  /** Returns what a new session would be with all that it touches. */
  private Open merged(TimeWindow window) {
    Open merged = new Open(window);
    for (Open each : open) {
      if (each.window.touches(window)) {
        merged.window = merged.window.cover(each.window);
        merged.contents.addAll(each.contents);
        merged.counted += each.counted;
      }
    }
    return merged;
  }

  private void add(Open place, String element) {
    place.contents.add(element);
    place.counted++;
    if (firing.count() == 0 && place.window.end() - 1 <= watermark) {
      fire(place);
    } else if (firing.count() > 0 && place.counted >= firing.count()) {
      place.counted = 0;
      fire(place);
    }
  }

  private void fire(Open place) {
    if (place.contents.isEmpty()) {
      return;
    }
    if (firing.keeps() > 0 && place.contents.size() > firing.keeps()) {
      int size = place.contents.size();
      place.contents = new ArrayList<>(place.contents.subList(size - firing.keeps(), size));
    }
    fired.add(line(place.window, place.contents));
    if (firing.purging()) {
      place.contents.clear();
    }
  }

  /** Returns how a firing is written down. */
  static String line(Window window, Iterable<String> contents) {
    List<String> sorted = new ArrayList<>();
    contents.forEach(sorted::add);
    sorted.sort(null);
    return sorted.get(0).charAt(0) + " " + window + " " + sorted;
  }

  void watermark(long next) {
    for (Open each : List.copyOf(open)) {
      long end = each.window.end() - 1;
      if (firing.count() == 0 && end > watermark && end <= next) {
        fire(each);
      }
    }
    open.removeIf(each -> each.window.end() - 1 + lateness <= next);
    watermark = next;
  }

  List<String> takeFired() {
    List<String> taken = List.copyOf(fired);
    fired.clear();
    return taken;
  }

  List<String> takeLate() {
    List<String> taken = List.copyOf(late);
    late.clear();
    return taken;
  }
}
