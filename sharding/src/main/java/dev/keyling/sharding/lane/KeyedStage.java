package dev.keyling.sharding.lane;

import dev.keyling.actors.Batch;
import dev.keyling.actors.BatchReply;
import dev.keyling.actors.Elements;
import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.kernel.KeyCodec;
import dev.keyling.kernel.Outputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * The end of a lane before a keyed step. Gathers a round of elements, hashes each key once, and
 * sends one batch per key group; broadcast elements go to all key groups, in batches of their own.
 * A round leaves at once when nothing is under way and grows while something is; what is under way
 * is bounded, and that is the back-pressure.
 */
public final class KeyedStage extends GraphStage<SinkShape<LaneEvent>> {
  private final Inlet<LaneEvent> in = Inlet.create("keyed.in");
  private final Settings settings;
  private final AttemptEvents attempt;

  /**
   * What the stage needs to know.
   *
   * @param lane its number among the lanes that end in the step
   * @param name of the lane, the same in every run
   * @param maxRound elements in a round
   * @param epoch the last checkpoint before this attempt
   * @param groups the key groups of this attempt, by number
   * @param incarnation the life of the key groups that is meant
   * @param aligns whether it pauses at a marker; if not, elements behind it may be handled before
   *     others are that are before it
   * @param overtaken how elements are stored that a marker overtakes; null if none may
   * @param restored elements that come before all others, oldest first
   * @param barrier takes {@link LaneReport}s and what else they say
   */
  public record Settings(
      int attempt,
      int lane,
      String name,
      int maxRound,
      long epoch,
      long watermark,
      long incarnation,
      KeyCodec<Object> keys,
      List<ActorRef<GroupCommand>> groups,
      boolean aligns,
      @Nullable OvertakenElements overtaken,
      List<Elements> restored,
      Consumer<Object> barrier) {}

  public KeyedStage(Settings settings, AttemptEvents attempt) {
    this.settings = settings;
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
    private static final int ROUNDS_UNDER_WAY = 4;

    private final int groupCount = settings.groups().size();
    private final List<Elements> pending = new ArrayList<>();
    private final UnderWay underWay = new UnderWay(groupCount);
    private final long[] soonest = new long[groupCount];
    private final boolean[] touched = new boolean[groupCount];
    private int pendingSize;

    /** Restored elements come first, and not before all groups know where their outputs go. */
    private boolean begun = settings.restored().isEmpty();

    private UnderWay.@Nullable Snapshot behindMarker;
    private List<Elements> unsent = List.of();
    private long epoch = settings.epoch();
    private long watermark = settings.watermark();

    Logic() {
      super(KeyedStage.this.shape(), KeyedStage.this.attempt);
      Arrays.fill(soonest, Long.MAX_VALUE);
    }

    @Override
    void started() {
      settings.barrier().accept(new LaneReport.Joined(self()));
    }

    @Override
    void take(LaneEvent.Data data) {
      take(data.elements());
    }

    private void take(Elements elements) {
      if (!elements.isEmpty()) {
        pending.add(elements);
        pendingSize += elements.size();
      }
    }

    @Override
    void flush(boolean all) {
      int room = ROUNDS_UNDER_WAY * settings.maxRound() - underWay.size();
      boolean full = pendingSize >= settings.maxRound() || all;
      if (pendingSize > 0 && (underWay.size() == 0 || (full && room > 0))) {
        send();
      }
    }

    /** Nothing overtakes a broadcast run, and it overtakes nothing, on the way to any group. */
    private void send() {
      List<Elements> round = new ArrayList<>();
      for (Elements elements : pending) {
        if (elements.isBroadcast()) {
          part(round);
          round.clear();
          for (int group = 0; group < groupCount; group++) {
            send(group, elements);
          }
        } else {
          round.add(elements);
        }
      }
      part(round);
      pending.clear();
      pendingSize = 0;
    }

    private void part(List<Elements> round) {
      if (round.isEmpty()) {
        return;
      }
      if (watermark != Long.MIN_VALUE) { // else there is no event time, and nothing can be late
        countLate(round);
      }
      @Nullable Elements[] parts = Parting.byGroup(round, settings.keys(), groupCount);
      for (int group = 0; group < groupCount; group++) {
        Elements part = parts[group];
        if (part != null) {
          send(group, part);
        }
      }
    }

    private void countLate(List<Elements> round) {
      int late = 0;
      for (Elements elements : round) {
        for (int i = 0; i < elements.size(); i++) {
          late += isLate(elements.timestamp(i)) ? 1 : 0;
        }
      }
      if (late > 0) {
        attempt().elementsLate(late);
      }
    }

    private boolean isLate(long timestamp) {
      return timestamp <= watermark && timestamp != Outputs.NO_TIMESTAMP;
    }

    private void send(int group, Elements part) {
      ActorRef<BatchReply> replyTo = Adapter.toTyped(self());
      Stamp stamp = new Stamp(settings.attempt(), settings.incarnation(), epoch);
      settings
          .groups()
          .get(group)
          .tell(
              new Batch(
                  stamp, settings.lane(), underWay.sent(group, part), watermark, part, replyTo));
      touched[group] = true;
    }

    @Override
    void answered(Object answer) {
      if (answer instanceof BatchReply.Answered answered) {
        int group = answered.group();
        underWay.answered(group);
        soonest[group] = Math.min(soonest[group], answered.soonest());
        reportPassed();
      } else if (answer instanceof BatchReply.Refused refused) {
        attempt().failed(refused.cause());
      } else if (answer instanceof LaneReport.Cut cut) {
        tellOvertaken(cut);
      } else if (answer instanceof LaneReport.Begin) {
        settings.restored().forEach(this::take);
        begun = true;
      }
    }

    @Override
    boolean wantsMore() {
      return begun && pendingSize < settings.maxRound();
    }

    @Override
    boolean isDrained() {
      return pendingSize == 0 && underWay.size() == 0;
    }

    @Override
    boolean passes(LaneEvent.Marker marker) {
      if (settings.aligns()) {
        return false;
      }
      if (pendingSize > 0) {
        send(); // so that it is known what is before it
      }
      underWay.passed(marker.id());
      reportPassed();
      return true;
    }

    private void reportPassed() {
      for (long marker = underWay.takeAnswered();
          marker != Long.MIN_VALUE;
          marker = underWay.takeAnswered()) {
        report(new LaneEvent.Marker(marker), false);
      }
    }

    @Override
    boolean mayOvertake() {
      return begun;
    }

    @Override
    void overtaken(LaneEvent.Marker marker, Iterable<LaneEvent> others) {
      behindMarker = underWay.snapshot();
      unsent = new ArrayList<>(pending);
      for (LaneEvent event : others) {
        if (event instanceof LaneEvent.Data data) {
          unsent.add(data.elements());
        }
      }
    }

    private void tellOvertaken(LaneReport.Cut cut) {
      List<Elements> overtaken =
          new ArrayList<>(Objects.requireNonNull(behindMarker).behind(cut.merged()));
      overtaken.addAll(unsent);
      byte[] encoded = Objects.requireNonNull(settings.overtaken()).encode(overtaken);
      settings.barrier().accept(new LaneReport.Overtaken(settings.name(), cut.marker(), encoded));
      behindMarker = null;
      unsent = List.of();
    }

    @Override
    void report(LaneEvent.Control event, boolean overtakes) {
      int count = 0;
      for (boolean one : touched) {
        count += one ? 1 : 0;
      }
      int[] groups = new int[count];
      long[] times = new long[count];
      count = 0;
      for (int group = 0; group < groupCount; group++) {
        if (touched[group]) {
          groups[count] = group;
          times[count++] = soonest[group];
          touched[group] = underWay.has(group); // then what it does is behind the event
          soonest[group] = Long.MAX_VALUE;
        }
      }
      settings
          .barrier()
          .accept(
              new LaneReport(
                  settings.attempt(), settings.lane(), event, groups, times, overtakes, self()));
    }

    @Override
    void onRelease(LaneReport.Release release) {
      watermark = release.watermark();
      if (release.event() instanceof LaneEvent.Marker marker) {
        epoch = marker.id();
      }
    }
  }
}
