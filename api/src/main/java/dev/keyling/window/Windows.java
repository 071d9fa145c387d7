package dev.keyling.window;

import dev.keyling.time.TimeDomain;
import java.time.Duration;
import java.util.Collection;

/**
 * The usual windows, in event time unless told otherwise. Immutable. Semantics of Flink's.
 *
 * <p>Lengths are whole milliseconds. Windows are aligned to 1970-01-01T00:00Z, if no offset moves
 * them.
 */
public final class Windows implements WindowAssigner<Object, TimeWindow> {
  private final Shape shape;
  private final TimeDomain domain;

  private Windows(Shape shape, TimeDomain domain) {
    this.shape = shape;
    this.domain = domain;
  }

  /**
   * Returns windows one after the other, without gap or overlap.
   *
   * @param size 1 ms or more
   */
  public static Windows tumbling(Duration size) {
    long millis = Millis.positive("the size of a window", size);
    return new Windows(new Shape.Aligned(millis, millis, 0), TimeDomain.EVENT_TIME);
  }

  /**
   * Returns windows that begin one slide after each other: they overlap if the slide is less than
   * the size, and leave gaps, whose elements belong to no window, if it is more.
   *
   * @param size 1 ms or more
   * @param slide 1 ms or more
   */
  public static Windows sliding(Duration size, Duration slide) {
    long sizeMillis = Millis.positive("the size of a window", size);
    long slideMillis = Millis.positive("the slide of windows", slide);
    return new Windows(new Shape.Aligned(sizeMillis, slideMillis, 0), TimeDomain.EVENT_TIME);
  }

  /**
   * Returns sessions: elements of a key at most a gap apart are in one window, which ends a gap
   * after its last element. Windows of a key that touch become one.
   *
   * @param gap 1 ms or more
   */
  public static Windows session(Duration gap) {
    return new Windows(new Shape.Session(Millis.positive("the gap", gap)), TimeDomain.EVENT_TIME);
  }

  /**
   * Returns one window per key, which never ends: nothing fires but by a trigger, nothing is
   * removed but by a purging one or an evictor.
   */
  public static WindowAssigner<Object, GlobalWindow> global() {
    return GlobalWindows.ALL;
  }

  /**
   * Returns the same windows, beginning so much later: tumbling ones of a day with an offset of 3
   * hours last from 3 to 3 o'clock.
   *
   * @param duration of either sign; nearer to 0 than the windows' slide
   * @throws IllegalArgumentException if it is not, or if these are sessions
   */
  public Windows withOffset(Duration duration) {
    return new Windows(shape.later(duration), domain);
  }

  /** Returns the same windows, by the clock: timestamps mean nothing, and no element is late. */
  public Windows inProcessingTime() {
    return new Windows(shape, TimeDomain.PROCESSING_TIME);
  }

  @Override
  public Collection<TimeWindow> assignWindows(Object element, long timestamp) {
    return shape.at(timestamp);
  }

  @Override
  public Trigger<Object, Window> defaultTrigger() {
    return domain == TimeDomain.EVENT_TIME ? Trigger.eventTime() : Trigger.processingTime();
  }

  @Override
  public TimeDomain timeDomain() {
    return domain;
  }

  @Override
  public boolean merges() {
    return shape instanceof Shape.Session;
  }
}
