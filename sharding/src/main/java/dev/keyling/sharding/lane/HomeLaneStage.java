package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import dev.keyling.actors.GroupOutput;
import dev.keyling.actors.GroupOutput.Accepted;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * The head of an output lane of a keyed step: takes the outputs of its key groups and the control
 * events of the step, in the order in which they come, and says when outputs are taken: not before
 * downstream asked for them, so that a slow sink slows the sources.
 */
public final class HomeLaneStage extends GraphStage<SourceShape<LaneEvent>> {
  private final Outlet<LaneEvent> out = Outlet.create("home.out");
  private final int attemptNumber;
  private final int step;
  private final int index;
  private final AttemptEvents attempt;

  public HomeLaneStage(int attemptNumber, int step, int index, AttemptEvents attempt) {
    this.attemptNumber = attemptNumber;
    this.step = step;
    this.index = index;
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

  private record Queued(LaneEvent event, @Nullable Accepted accepted) {}

  private final class Logic extends GraphStageLogic {
    private final Queue<Queued> queue = new ArrayDeque<>();

    Logic() {
      super(HomeLaneStage.this.shape());
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              next();
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
      attempt.homeLaneReady(
          step,
          index,
          getStageActor(
                  message -> {
                    take(message._2());
                    return BoxedUnit.UNIT;
                  })
              .ref());
    }

    private void take(Object message) {
      if (message instanceof GroupOutput output && output.attempt() == attemptNumber) {
        take(output);
      } else if (message instanceof LaneEvent event) {
        queue.add(new Queued(event, null));
      }
      if (isAvailable(out)) {
        next();
      }
    }

    private void take(GroupOutput output) {
      int last = output.ports().length - 1;
      while (last > 0 && output.ports()[last] == null) {
        last--;
      }
      for (int port = 0; port <= last; port++) {
        Elements elements = output.ports()[port];
        if (elements != null) {
          queue.add(
              new Queued(
                  new LaneEvent.Data(elements, port), port == last ? output.accepted() : null));
        }
      }
    }

    private void next() {
      Queued queued = queue.poll();
      if (queued != null) {
        push(out, queued.event());
        if (queued.accepted() != null) {
          queued.accepted().tell();
        }
      }
    }
  }
}
