package dev.keyling.sharding.lane;

import dev.keyling.actors.Batch;
import dev.keyling.actors.BatchReply;
import dev.keyling.actors.Elements;
import dev.keyling.actors.GroupCommand;
import dev.keyling.actors.GroupCommand.Stamp;
import dev.keyling.kernel.KeyCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * The end of a lane before a keyed step. Gathers a round of elements, hashes each key once, and
 * sends one batch per key group; broadcast elements go to all key groups, in batches of their own. A
 * round leaves at once when nothing is under way and grows while something is; what is under way is
 * bounded, and that is the back-pressure.
 */
public final class KeyedStage extends GraphStage<SinkShape<LaneEvent>> {
  private final Inlet<LaneEvent> in = Inlet.create("keyed.in");
  private final Settings settings;
  private final AttemptEvents attempt;

  /**
   * What the stage needs to know.
   *
   * @param maxRound elements in a round
   * @param epoch the last checkpoint before this attempt
   * @param groups the key groups of this attempt, by number
   * @param incarnation the life of the key groups that is meant
   * @param reports takes {@link LaneReport}s
   */
  public record Settings(
      int attempt,
      int lane,
      int maxRound,
      long epoch,
      long watermark,
      long incarnation,
      KeyCodec<Object> keys,
      List<ActorRef<GroupCommand>> groups,
      Consumer<LaneReport> reports) {}

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
    private final long[] sequences = new long[groupCount];
    private final List<ArrayDeque<Integer>> sizes = new ArrayList<>();
    private final long[] soonest = new long[groupCount];
    private final boolean[] touched = new boolean[groupCount];
    private int pendingSize;
    private int underWay;
    private long epoch = settings.epoch();
    private long watermark = settings.watermark();

    Logic() {
      super(KeyedStage.this.shape(), KeyedStage.this.attempt);
      for (int i = 0; i < groupCount; i++) {
        sizes.add(new ArrayDeque<>(4));
      }
      Arrays.fill(soonest, Long.MAX_VALUE);
    }

    @Override
    void take(LaneEvent.Data data) {
      if (!data.elements().isEmpty()) {
        pending.add(data.elements());
        pendingSize += data.elements().size();
      }
    }

    @Override
    void flush(boolean all) {
      int room = ROUNDS_UNDER_WAY * settings.maxRound() - underWay;
      boolean full = pendingSize >= settings.maxRound() || all;
      if (pendingSize > 0 && (underWay == 0 || (full && room > 0))) {
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
      int[] groupOf = new int[round.stream().mapToInt(Elements::size).sum()];
      int[] counts = new int[groupCount];
      int next = 0;
      for (Elements elements : round) {
        for (int i = 0; i < elements.size(); i++) {
          int group = KeyCodec.groupOf(settings.keys().hash(key(elements, i)), groupCount);
          groupOf[next++] = group;
          counts[group]++;
        }
      }
      Elements[] parts = new Elements[groupCount];
      next = 0;
      for (Elements elements : round) {
        for (int i = 0; i < elements.size(); i++) {
          int group = groupOf[next++];
          Elements part = parts[group];
          if (part == null) {
            part = new Elements(counts[group], true);
            parts[group] = part;
          }
          part.add(elements.key(i), elements.value(i), elements.timestamp(i));
        }
      }
      for (int group = 0; group < groupCount; group++) {
        if (parts[group] != null) {
          send(group, parts[group]);
        }
      }
    }

    @SuppressWarnings("NullAway") // the codec refuses null, naming the step
    private static Object key(Elements elements, int index) {
      return elements.key(index);
    }

    private void send(int group, Elements part) {
      ActorRef<BatchReply> replyTo = Adapter.toTyped(self());
      Stamp stamp = new Stamp(settings.attempt(), settings.incarnation(), epoch);
      settings
          .groups()
          .get(group)
          .tell(new Batch(stamp, settings.lane(), sequences[group]++, watermark, part, replyTo));
      sizes.get(group).add(part.size());
      underWay += part.size();
      touched[group] = true;
    }

    @Override
    void answered(Object answer) {
      if (answer instanceof BatchReply.Answered answered) {
        int group = answered.group();
        underWay -= sizes.get(group).remove();
        soonest[group] = Math.min(soonest[group], answered.soonest());
      } else if (answer instanceof BatchReply.Refused refused) {
        attempt().failed(refused.cause());
      }
    }

    @Override
    boolean wantsMore() {
      return pendingSize < settings.maxRound();
    }

    @Override
    boolean isDrained() {
      return pendingSize == 0 && underWay == 0;
    }

    @Override
    void report(LaneEvent.Control event) {
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
          touched[group] = false;
          soonest[group] = Long.MAX_VALUE;
        }
      }
      if (event instanceof LaneEvent.Marker marker) {
        epoch = marker.id();
      }
      settings
          .reports()
          .accept(
              new LaneReport(settings.attempt(), settings.lane(), event, groups, times, self()));
    }

    @Override
    void onRelease(long newWatermark) {
      watermark = newWatermark;
    }
  }
}
