package dev.keyling.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How windows lie in time, whichever clock that is of. */
sealed interface Shape {

  /** Returns the windows that a time falls into. */
  Collection<TimeWindow> at(long time);

  /** Returns the same windows, so much later. */
  Shape later(Duration by);

  /** Windows of one size that follow each other. */
  record Aligned(long size, long slide, long offset) implements Shape {
    @Override
    public Collection<TimeWindow> at(long time) {
      List<TimeWindow> windows = new ArrayList<>((int) Math.min(1 + size / slide, 1 << 10));
      long last = time - Math.floorMod(time - offset, slide);
      for (long start = last; start > time - size; start -= slide) {
        windows.add(new TimeWindow(start, start + size));
      }
      return windows;
    }

    @Override
    public Shape later(Duration by) {
      long millis = Millis.of("the offset of windows", by);
      if (millis <= -slide || millis >= slide) {
        throw new IllegalArgumentException(
            "the offset must be nearer to 0 than %d ms, by which windows follow each other, not %s"
                .formatted(slide, by));
      }
      return new Aligned(size, slide, millis);
    }
  }

  /** A window for each element, which becomes one with those that it touches. */
  record Session(long gap) implements Shape {
    @Override
    public Collection<TimeWindow> at(long time) {
      return List.of(new TimeWindow(time, time + gap));
    }

    @Override
    public Shape later(Duration by) {
      throw new IllegalArgumentException("sessions begin with their elements, and take no offset");
    }
  }
}
