package dev.keyling.sharding.lane;

import dev.keyling.sharding.lane.LaneReport.Overtake;
import dev.keyling.sharding.lane.LaneReport.Release;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * The end of a lane, before a keyed step or a sink. Elements go out as fast as they are answered;
 * at a control event it waits until everything before is answered, reports, and pauses until it is
 * released.
 *
 * <p>A marker that is to overtake does not wait: what is still before it becomes part of the
 * checkpoint. The lane then takes in what comes before the marker without handling it ({@link
 * #behind}), reports the marker, and sends nothing out until it is released.
 */
abstract class LaneEnd extends GraphStageLogic {
  private static final long NONE = Long.MIN_VALUE;

  private final Inlet<LaneEvent> in;
  private final AttemptEvents attempt;

  /** What comes behind a control event that has not been released, taken in for a marker. */
  private final Deque<LaneEvent> behind = new ArrayDeque<>();

  private LaneEvent.@Nullable Control control;
  private boolean reported;

  /** The marker that is to overtake and has not come yet. */
  private long overtaking = NONE;

  /** The newest marker that has come. */
  private long arrived = NONE;

  /** The marker that has overtaken something and is not released. */
  private LaneEvent.@Nullable Marker frozenAt;

  private @Nullable ActorRef self;

  LaneEnd(SinkShape<LaneEvent> shape, AttemptEvents attempt) {
    super(shape);
    this.in = shape.in();
    this.attempt = attempt;
    setHandler(
        in,
        new AbstractInHandler() {
          @Override
          public void onPush() {
            guarded(() -> arrived(grab(in)));
          }

          @Override
          public void onUpstreamFailure(Throwable cause) throws Exception {
            attempt.failed(cause);
            super.onUpstreamFailure(cause);
          }
        });
  }

  @Override
  public void preStart() {
    self =
        getStageActor(
                message -> {
                  guarded(() -> told(message._2()));
                  return BoxedUnit.UNIT;
                })
            .ref();
    started();
    goOn();
  }

  /** What is thrown here fails the attempt; the stream would end without a word to it. */
  private void guarded(Runnable handling) {
    try {
      handling.run();
    } catch (RuntimeException | Error e) {
      attempt.failed(e);
      failStage(e);
    }
  }

  private void told(Object message) {
    if (message instanceof Release release) {
      released(release);
    } else if (message instanceof Overtake overtake) {
      boolean waits = !reported && new LaneEvent.Marker(overtake.marker()).equals(control);
      if (overtake.marker() > arrived || waits) { // else it is through already
        overtaking = overtake.marker();
      }
    } else {
      answered(message);
    }
    goOn();
  }

  final ActorRef self() {
    if (self == null) {
      throw new IllegalStateException("not started");
    }
    return self;
  }

  private void arrived(LaneEvent event) {
    if (event instanceof LaneEvent.Marker marker) {
      arrived = marker.id();
    }
    if (control == null) {
      handle(event);
    } else {
      behind.add(event);
    }
    goOn();
  }

  private void handle(LaneEvent event) {
    if (event instanceof LaneEvent.Data data) {
      take(data);
    } else if (event instanceof LaneEvent.Marker marker && passes(marker)) {
      return; // it is reported when what is before it is answered; nothing pauses
    } else if (event instanceof LaneEvent.Control next && isReported(next)) {
      control = next;
    }
  }

  private void goOn() {
    if (frozenAt != null) {
      return;
    }
    while (control == null && !behind.isEmpty()) {
      handle(behind.remove());
    }
    LaneEvent.Control due = control;
    flush(due != null);
    if (due != null && !reported && isDrained()) {
      reported = true;
      overtaking = due instanceof LaneEvent.Marker ? NONE : overtaking;
      report(due, false);
    } else if (overtaking != NONE && overtaking == arrived) {
      overtake(new LaneEvent.Marker(arrived));
    } else if ((due == null && wantsMore()) || (overtaking != NONE && mayOvertake())) {
      if (!hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
    }
  }

  private void overtake(LaneEvent.Marker marker) {
    overtaking = NONE;
    frozenAt = marker;
    behind.removeLastOccurrence(marker);
    if (marker.equals(control)) {
      control = null;
    }
    overtaken(marker, behind);
    report(marker, true);
  }

  private void released(Release release) {
    if (release.event().equals(frozenAt)) {
      frozenAt = null;
    } else if (release.event().equals(control)) {
      control = null;
      reported = false;
    }
    onRelease(release);
  }

  final AttemptEvents attempt() {
    return attempt;
  }

  void started() {}

  /** Tells whether this end reports such an event; else it just goes by. */
  boolean isReported(LaneEvent.Control event) {
    return true;
  }

  /**
   * Tells whether the lane goes on behind the marker without a pause; if so, it is reported later.
   */
  boolean passes(LaneEvent.Marker marker) {
    return false;
  }

  /** Tells whether the lane may take in more than it wants, to come to a marker. */
  boolean mayOvertake() {
    return false;
  }

  /**
   * A marker overtakes what is not answered, and these events, in their order.
   *
   * @param others control events among them come again by themselves after a restart
   */
  void overtaken(LaneEvent.Marker marker, Iterable<LaneEvent> others) {}

  void onRelease(Release release) {}

  /** Takes elements over. */
  abstract void take(LaneEvent.Data data);

  /** Sends out what may be sent; all of it if a control event waits. */
  abstract void flush(boolean all);

  /** Something that was sent out has been answered, or something else was said. */
  abstract void answered(Object answer);

  abstract boolean wantsMore();

  /** Tells whether everything that was taken has been answered. */
  abstract boolean isDrained();

  abstract void report(LaneEvent.Control event, boolean overtakes);
}
