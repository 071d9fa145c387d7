package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import dev.keyling.kernel.Outputs;
import dev.keyling.kernel.WatermarkGenerator;
import dev.keyling.plan.Node.TimestampsNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToLongFunction;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * Gives elements timestamps and puts watermarks in, now and then. What its generator knows goes
 * into every checkpoint, so that a restart makes nobody late.
 */
public final class TimestampsStage extends GraphStage<FlowShape<LaneEvent, LaneEvent>> {
  private final Inlet<LaneEvent> in = Inlet.create("timestamps.in");
  private final Outlet<LaneEvent> out = Outlet.create("timestamps.out");
  private final TimestampsNode node;
  private final int nodeIndex;
  private final int lane;
  private final @Nullable Long restored;
  private final Duration interval;
  private final InstantSource clock;
  private final AttemptEvents attempt;

  public TimestampsStage(
      TimestampsNode node,
      int nodeIndex,
      int lane,
      @Nullable Long restored,
      Duration interval,
      InstantSource clock,
      AttemptEvents attempt) {
    this.node = node;
    this.nodeIndex = nodeIndex;
    this.lane = lane;
    this.restored = restored;
    this.interval = interval;
    this.clock = clock;
    this.attempt = attempt;
  }

  @Override
  public FlowShape<LaneEvent, LaneEvent> shape() {
    return FlowShape.of(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final WatermarkGenerator generator = WatermarkGenerator.of(node.strategy());
    private long sent = Long.MIN_VALUE;
    private long sentAt = Long.MIN_VALUE;
    private boolean idle;

    Logic() {
      super(TimestampsStage.this.shape());
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              arrived(grab(in));
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pullOnce();
            }
          });
    }

    @Override
    public void preStart() {
      if (restored != null) {
        generator.restore(restored);
      }
      long period = Math.max(1, interval.toMillis());
      scheduleAtFixedRate("watermark", Duration.ofMillis(period), Duration.ofMillis(period));
    }

    private void pullOnce() {
      if (!hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
    }

    @Override
    public void onTimer(Object timer) {
      if (isAvailable(out)) {
        advance();
        if (!isAvailable(out)) {
          return;
        }
      }
      checkIdle();
    }

    private void checkIdle() {
      boolean now = generator.isIdle(clock.millis());
      if (now != idle && isAvailable(out)) {
        idle = now;
        push(out, new LaneEvent.Idle(idle));
      }
    }

    private void arrived(LaneEvent event) {
      if (event instanceof LaneEvent.Data data) {
        if (idle) {
          idle = false;
          emit(out, new LaneEvent.Idle(false));
        }
        emit(out, new LaneEvent.Data(stamped(data.elements()), data.port()));
        long now = clock.millis();
        if (sentAt == Long.MIN_VALUE || now - sentAt >= interval.toMillis()) {
          advance();
        }
      } else if (event instanceof LaneEvent.Watermark) {
        pullOnce(); // replaced by this stage's own
      } else {
        if (event instanceof LaneEvent.Marker marker) {
          attempt.generatorAt(marker.id(), lane, nodeIndex, generator.state());
        } else if (event instanceof LaneEvent.End) {
          cancelTimer("watermark"); // an ended lane is neither late nor idle
        }
        emit(out, event);
      }
    }

    private void advance() {
      long watermark = generator.watermark();
      if (watermark > sent) {
        sent = watermark;
        sentAt = clock.millis();
        emit(out, new LaneEvent.Watermark(watermark));
      }
    }

    private Elements stamped(Elements elements) {
      ToLongFunction<Object> timestampOf = node.timestamp();
      long now = clock.millis();
      Elements stamped = new Elements(elements.size(), elements.isKeyed());
      for (int i = 0; i < elements.size(); i++) {
        Object value = elements.value(i);
        long timestamp =
            timestampOf == null ? elements.timestamp(i) : timestampOf.applyAsLong(value);
        if (timestamp != Outputs.NO_TIMESTAMP) {
          generator.onElement(timestamp, now);
        }
        stamped.add(elements.key(i), value, timestamp);
      }
      return stamped;
    }
  }
}
