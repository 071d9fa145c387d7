package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import dev.keyling.connector.Position;
import dev.keyling.connector.SourceReader;
import dev.keyling.connector.SourceReader.Status;
import dev.keyling.kernel.Outputs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * The head of a lane: reads a source partition, in runs of what is there without waiting, and puts
 * markers in when it is told to. May block, so it runs on a dispatcher of its own.
 */
public final class SourceStage extends GraphStage<SourceShape<LaneEvent>> {
  private final Outlet<LaneEvent> out = Outlet.create("source.out");
  private final int lane;
  private final Callable<SourceReader<Object>> opening;
  private final int maxRun;
  private final Duration poll;
  private final AttemptEvents attempt;

  /**
   * Tells the source to put a marker in.
   *
   * @param hold whether nothing but markers comes behind it, before {@link Resume}
   */
  public record Trigger(long marker, boolean hold) {}

  /** Tells the source to go on behind the marker that held it. */
  public record Resume() {}

  public SourceStage(
      int lane,
      Callable<SourceReader<Object>> opening,
      int maxRun,
      Duration poll,
      AttemptEvents attempt) {
    this.lane = lane;
    this.opening = opening;
    this.maxRun = maxRun;
    this.poll = poll;
    this.attempt = attempt;
  }

  @Override
  public SourceShape<LaneEvent> shape() {
    return SourceShape.of(out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final Queue<Trigger> markers = new ArrayDeque<>();
    private boolean held;

    /** It had nothing when it was asked last, and waits to be asked again. */
    private boolean idle;

    private @Nullable SourceReader<Object> reader;
    private boolean ended;
    private boolean endSent;

    Logic() {
      super(SourceStage.this.shape());
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              nextIfWanted();
            }

            @Override
            public void onDownstreamFinish(Throwable cause) throws Exception {
              attempt.failed(cause);
              super.onDownstreamFinish(cause);
            }
          });
    }

    @Override
    public void preStart() {
      try {
        reader = opening.call();
      } catch (Exception e) {
        attempt.failed(e);
        failStage(e); // not thrown: the stream would log what the job tells already
        return;
      }
      attempt.sourceReady(
          lane,
          getStageActor(
                  message -> {
                    if (message._2() instanceof Trigger trigger) {
                      markers.add(trigger);
                      nextIfWanted();
                    } else if (message._2() instanceof Resume) {
                      held = false;
                      nextIfWanted();
                    }
                    return BoxedUnit.UNIT;
                  })
              .ref());
    }

    private void nextIfWanted() {
      if (isAvailable(out)) {
        try {
          next();
        } catch (Exception e) {
          failStage(e);
        }
      }
    }

    @Override
    public void onTimer(Object timer) {
      nextIfWanted();
    }

    private void next() throws Exception {
      SourceReader<Object> from = reader;
      if (from == null) {
        return;
      }
      if (!markers.isEmpty() && idle && !held) {
        read(from); // what has come since then need not wait for the next checkpoint
      } else if (!markers.isEmpty()) {
        Trigger marker = markers.remove();
        Position position = from.position();
        held |= marker.hold();
        attempt.sourceAt(marker.marker(), lane, position);
        push(out, new LaneEvent.Marker(marker.marker()));
      } else if (held) {
        return; // a marker or the word to go on comes by itself
      } else if (!ended) {
        read(from);
      } else if (!endSent) {
        endSent = true;
        push(out, new LaneEvent.End());
      }
    }

    private void read(SourceReader<Object> from) throws Exception {
      Elements elements = new Elements(maxRun, false);
      Status status = Status.ELEMENT;
      while (elements.size() < maxRun && (status = from.advance()) == Status.ELEMENT) {
        Long timestamp = from.timestamp();
        elements.add(null, from.current(), timestamp == null ? Outputs.NO_TIMESTAMP : timestamp);
      }
      ended = status == Status.END;
      idle = false;
      if (!elements.isEmpty()) {
        attempt.elementsRead(elements.size());
        push(out, new LaneEvent.Data(elements, 0));
      } else if (ended || !markers.isEmpty()) {
        next();
      } else {
        idle = true;
        scheduleOnce("poll", poll);
      }
    }

    @Override
    public void postStop() throws Exception {
      try {
        if (reader != null) {
          reader.close();
        }
      } finally {
        attempt.sourceClosed(lane);
      }
    }
  }
}
