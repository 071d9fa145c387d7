package dev.keyling.sharding.lane;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FanInShape2;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * Joins two branches of one lane. A marker or the end that has come on one port waits there until
 * it has come on the other; the watermark is the smaller one of the ports that are not idle.
 */
final class UnionStage extends GraphStage<FanInShape2<LaneEvent, LaneEvent, LaneEvent>> {
  private final Inlet<LaneEvent> left = Inlet.create("union.left");
  private final Inlet<LaneEvent> right = Inlet.create("union.right");
  private final Outlet<LaneEvent> out = Outlet.create("union.out");

  @Override
  public FanInShape2<LaneEvent, LaneEvent, LaneEvent> shape() {
    return new FanInShape2<>(left, right, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /** What is known of one port. */
  private static final class Port {
    final Inlet<LaneEvent> in;
    long watermark = Long.MIN_VALUE;
    boolean idle;
    @Nullable LaneEvent held;

    Port(Inlet<LaneEvent> in) {
      this.in = in;
    }
  }

  private final class Logic extends GraphStageLogic {
    private final List<Port> ports = List.of(new Port(left), new Port(right));
    private long watermark = Long.MIN_VALUE;
    private boolean idle;

    Logic() {
      super(UnionStage.this.shape());
      for (Port port : ports) {
        setHandler(
            port.in,
            new AbstractInHandler() {
              @Override
              public void onPush() {
                arrived(port, grab(port.in));
              }
            });
      }
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pullPorts();
            }
          });
    }

    private void pullPorts() {
      for (Port port : ports) {
        if (port.held == null && !hasBeenPulled(port.in) && !isClosed(port.in)) {
          pull(port.in);
        }
      }
    }

    private void arrived(Port port, LaneEvent event) {
      if (event instanceof LaneEvent.Data) {
        emit(out, event);
      } else if (event instanceof LaneEvent.Watermark mark) {
        port.watermark = mark.time();
        combine();
      } else if (event instanceof LaneEvent.Idle is) {
        port.idle = is.idle();
        combine();
      } else {
        hold(port, event);
      }
      if (isAvailable(out)) { // nothing came of it, so downstream still waits
        pullPorts();
      }
    }

    private void hold(Port port, LaneEvent event) {
      port.held = event;
      if (ports.stream().allMatch(each -> each.held != null)) {
        ports.forEach(each -> each.held = null);
        emit(out, event);
      }
    }

    private void combine() {
      boolean allIdle = ports.stream().allMatch(port -> port.idle);
      LongStream known =
          ports.stream().filter(port -> allIdle || !port.idle).mapToLong(port -> port.watermark);
      long to = (allIdle ? known.max() : known.min()).orElse(watermark);
      if (to > watermark) {
        watermark = to;
        emit(out, new LaneEvent.Watermark(to));
      }
      if (allIdle != idle) {
        idle = allIdle;
        emit(out, new LaneEvent.Idle(idle));
      }
    }
  }
}
