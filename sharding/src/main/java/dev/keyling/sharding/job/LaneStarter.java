package dev.keyling.sharding.job;

import dev.keyling.checkpoint.CheckpointingMode;
import dev.keyling.connector.Position;
import dev.keyling.connector.SourceReader;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Node.TimestampsNode;
import dev.keyling.plan.Whereabouts;
import dev.keyling.sharding.job.Lanes.Lane;
import dev.keyling.sharding.lane.HomeLaneStage;
import dev.keyling.sharding.lane.KeyedStage;
import dev.keyling.sharding.lane.LaneEvent;
import dev.keyling.sharding.lane.LaneGraph;
import dev.keyling.sharding.lane.Partitions;
import dev.keyling.sharding.lane.SinkStage;
import dev.keyling.sharding.lane.SourceStage;
import dev.keyling.sharding.lane.TimestampsStage;
import dev.keyling.sharding.source.PekkoSource;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Starts the streams of an attempt, and gives the end of each its number at its step or sink. */
final class LaneStarter {
  /** What fails a lane is told to the coordinator, which says it once. */
  private static final Attributes UNLOGGED =
      Attributes.createLogLevels(
          Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

  private final JobParts parts;
  private final Attempt attempt;
  private final AttemptTeller events;
  private final SharedKillSwitch killSwitch;
  private final @Nullable Manifest base;
  private final Map<Node, Integer> ends = new IdentityHashMap<>();
  private final Map<Node, Set<String>> names = new IdentityHashMap<>();

  LaneStarter(
      JobParts parts,
      Attempt attempt,
      AttemptTeller events,
      SharedKillSwitch killSwitch,
      @Nullable Manifest base) {
    this.parts = parts;
    this.attempt = attempt;
    this.events = events;
    this.killSwitch = killSwitch;
    this.base = base;
  }

  void startHome(Lane lane) {
    int step = attempt.stepIndex((KeyedNode) lane.head());
    start(lane, Source.fromGraph(new HomeLaneStage(attempt.number, step, lane.index(), events)));
  }

  void startSource(Lane lane) {
    SourceNode node = (SourceNode) lane.head();
    Position position = base == null ? null : base.positions().get(lane.name());
    SourceStage stage =
        new SourceStage(
            lane.number(),
            () -> open(node, lane.part(), position),
            parts.settings().maxRun(),
            parts.settings().sourcePoll(),
            events);
    events.sourceStarts(lane.number());
    start(
        lane,
        Source.fromGraph(stage)
            .withAttributes(ActorAttributes.dispatcher(parts.settings().sourceDispatcher()))
            .async());
  }

  @SuppressWarnings("unchecked") // what a source's elements are has been checked by the language
  private SourceReader<Object> open(SourceNode node, String partition, @Nullable Position position)
      throws Exception {
    if (node.source() instanceof PekkoSource<?> pekko) {
      return (SourceReader<Object>) pekko.open(parts.system());
    }
    return (SourceReader<Object>) node.source().open(partition, Optional.ofNullable(position));
  }

  private void start(Lane lane, Source<LaneEvent, NotUsed> head) {
    Attributes attributes =
        ActorAttributes.dispatcher(parts.settings().laneDispatcher())
            .and(Attributes.inputBuffer(2, 4))
            .and(UNLOGGED);
    LaneGraph.of(
            parts.plan(), lane.head(), head.via(killSwitch.<LaneEvent>flow()), new EndsOf(lane))
        .withAttributes(attributes)
        .run(Materializer.matFromSystem(parts.system()));
  }

  private int numberAt(Node end) {
    return ends.merge(end, 1, Integer::sum) - 1;
  }

  /** The stages at which one lane meets the job. */
  private final class EndsOf implements LaneGraph.Ends {
    private final Lane lane;

    EndsOf(Lane lane) {
      this.lane = lane;
    }

    @Override
    public Graph<SinkShape<LaneEvent>, NotUsed> keyed(KeyedNode step) {
      org.apache.pekko.actor.typed.ActorRef<Object> barrier = attempt.barrier(step);
      int number = numberAt(step);
      Set<String> taken = names.computeIfAbsent(step, s -> new HashSet<>());
      String name = Lanes.endName(lane, taken);
      taken.add(name);
      KeyedStage stage =
          new KeyedStage(
              new KeyedStage.Settings(
                  attempt.number,
                  number,
                  name,
                  parts.settings().maxRound(),
                  attempt.epoch(),
                  attempt.watermark(step),
                  attempt.incarnation(),
                  StepHosts.keysOf(parts, step),
                  attempt.groups(step),
                  parts.plan().checkpoints().getCheckpointingMode()
                      == CheckpointingMode.EXACTLY_ONCE,
                  Overtaken.at(step, parts),
                  Overtaken.restored(step, name, attempt.lanes(), base, parts),
                  barrier::tell),
              events);
      return step.isOperator()
          ? Partitions.spread(attempt.groups(step).size(), number).to(stage)
          : stage;
    }

    @Override
    public Graph<SinkShape<LaneEvent>, NotUsed> sink(SinkNode node) {
      org.apache.pekko.actor.typed.ActorRef<Object> writer = attempt.sink(node);
      return new SinkStage(attempt.number, numberAt(node), writer::tell, events);
    }

    @Override
    public Whereabouts whereabouts() {
      return new Whereabouts(lane.name(), attempt.number, parts.clock());
    }

    @Override
    public Graph<SinkShape<LaneEvent>, NotUsed> unread() {
      return Sink.<LaneEvent>foreach(
              event -> {
                if (event instanceof LaneEvent.End) {
                  events.unreadEnded();
                }
              })
          .mapMaterializedValue(done -> NotUsed.getInstance());
    }

    @Override
    public Graph<FlowShape<LaneEvent, LaneEvent>, NotUsed> timestamps(TimestampsNode node) {
      int index = parts.plan().indexOf(node);
      return new TimestampsStage(
          node,
          index,
          lane.number(),
          base == null ? null : base.generators().get(Attempt.generatorName(lane, index)),
          parts.settings().watermarkInterval(),
          parts.clock(),
          events);
    }
  }
}
