package dev.keyling.sharding.lane;

import dev.keyling.sharding.lane.LaneReport.Release;
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
 */
abstract class LaneEnd extends GraphStageLogic {
  private final Inlet<LaneEvent> in;
  private final AttemptEvents attempt;
  private LaneEvent.@Nullable Control control;
  private boolean reported;
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
            arrived(grab(in));
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
                  if (message._2() instanceof Release release) {
                    released(release.watermark());
                  } else {
                    answered(message._2());
                    goOn();
                  }
                  return BoxedUnit.UNIT;
                })
            .ref();
    pull(in);
  }

  final ActorRef self() {
    if (self == null) {
      throw new IllegalStateException("not started");
    }
    return self;
  }

  private void arrived(LaneEvent event) {
    if (event instanceof LaneEvent.Data data) {
      take(data);
    } else if (event instanceof LaneEvent.Control next) {
      if (isReported(next)) {
        control = next;
      }
    }
    goOn();
  }

  private void goOn() {
    LaneEvent.Control due = control;
    flush(due != null);
    if (due == null) {
      if (wantsMore() && !hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
    } else if (!reported && isDrained()) {
      reported = true;
      report(due);
    }
  }

  private void released(long watermark) {
    control = null;
    reported = false;
    onRelease(watermark);
    goOn();
  }

  final AttemptEvents attempt() {
    return attempt;
  }

  /** Tells whether this end reports such an event; else it just goes by. */
  boolean isReported(LaneEvent.Control event) {
    return true;
  }

  void onRelease(long watermark) {}

  /** Takes elements over. */
  abstract void take(LaneEvent.Data data);

  /** Sends out what may be sent; all of it if a control event waits. */
  abstract void flush(boolean all);

  /** Something that was sent out has been answered. */
  abstract void answered(Object answer);

  abstract boolean wantsMore();

  /** Tells whether everything that was taken has been answered. */
  abstract boolean isDrained();

  abstract void report(LaneEvent.Control event);
}
