package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * The end of a lane before a sink, whose writer is an actor: what comes while it writes is sent
 * together.
 */
public final class SinkStage extends GraphStage<SinkShape<LaneEvent>> {
  private static final int UNDER_WAY = 2;
  private static final int MAX_PENDING = 64;

  private final Inlet<LaneEvent> in = Inlet.create("sink.in");
  private final int attemptNumber;
  private final int lane;
  private final Consumer<Object> writer;
  private final AttemptEvents attempt;

  /** Elements to be written; answered by {@link Written}. */
  public record Write(int attempt, List<Elements> runs, ActorRef replyTo) {}

  /** They have been. */
  public enum Written {
    DONE
  }

  /**
   * @param writer takes {@link Write}s and {@link LaneReport}s of markers and of the end
   */
  public SinkStage(int attemptNumber, int lane, Consumer<Object> writer, AttemptEvents attempt) {
    this.attemptNumber = attemptNumber;
    this.lane = lane;
    this.writer = writer;
    this.attempt = attempt;
  }

  @Override
  public SinkShape<LaneEvent> shape() {
    return SinkShape.of(in);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends LaneEnd {
    private List<Elements> pending = new ArrayList<>();
    private int underWay;

    Logic() {
      super(SinkStage.this.shape(), SinkStage.this.attempt);
    }

    @Override
    boolean isReported(LaneEvent.Control event) {
      return event instanceof LaneEvent.Marker || event instanceof LaneEvent.End;
    }

    @Override
    void take(LaneEvent.Data data) {
      if (!data.elements().isEmpty()) {
        pending.add(data.elements());
      }
    }

    @Override
    void flush(boolean all) {
      boolean full = all || pending.size() >= MAX_PENDING;
      if (!pending.isEmpty() && (underWay == 0 || (full && underWay < UNDER_WAY))) {
        underWay++;
        writer.accept(new Write(attemptNumber, pending, self()));
        pending = new ArrayList<>();
      }
    }

    @Override
    void answered(Object answer) {
      underWay--;
    }

    @Override
    boolean wantsMore() {
      return pending.size() < MAX_PENDING;
    }

    @Override
    boolean isDrained() {
      return pending.isEmpty() && underWay == 0;
    }

    @Override
    void report(LaneEvent.Control event, boolean overtakes) {
      writer.accept(
          new LaneReport(attemptNumber, lane, event, new int[0], new long[0], overtakes, self()));
    }
  }
}
