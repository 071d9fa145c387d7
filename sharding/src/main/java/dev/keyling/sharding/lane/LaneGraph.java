package dev.keyling.sharding.lane;

import dev.keyling.plan.Node;
import dev.keyling.plan.Node.BranchNode;
import dev.keyling.plan.Node.DeadLettersNode;
import dev.keyling.plan.Node.KeyByNode;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SideNode;
import dev.keyling.plan.Node.SideOutputNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Node.TimestampsNode;
import dev.keyling.plan.Node.TransformNode;
import dev.keyling.plan.Node.UnionNode;
import dev.keyling.plan.Plan;
import dev.keyling.plan.Whereabouts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.ClosedShape;
import org.apache.pekko.stream.FanInShape2;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Graph;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.UniformFanOutShape;
import org.apache.pekko.stream.javadsl.Broadcast;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.GraphDSL;
import org.apache.pekko.stream.javadsl.RunnableGraph;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The stream of one lane: from its head through every stateless step that can be reached, to the
 * keyed steps and sinks where it ends. A union is a stage only where both its inputs are in this
 * lane; otherwise the lanes simply end in the same place.
 */
public final class LaneGraph {
  private final Plan plan;
  private final Ends ends;
  private final Set<Node> reachable;
  private final Map<UnionNode, Boolean> joined = new IdentityHashMap<>();
  private final Map<UnionNode, FanInShape2<LaneEvent, LaneEvent, LaneEvent>> unions =
      new IdentityHashMap<>();

  /** Makes the stages at which lanes meet the job. */
  public interface Ends {
    Graph<SinkShape<LaneEvent>, NotUsed> keyed(KeyedNode step);

    Graph<SinkShape<LaneEvent>, NotUsed> sink(SinkNode sink);

    /** An end that nobody reads: only that it has come to its end matters. */
    Graph<SinkShape<LaneEvent>, NotUsed> unread();

    Graph<FlowShape<LaneEvent, LaneEvent>, NotUsed> timestamps(TimestampsNode node);

    /** Tells stateless steps which lane this is. */
    Whereabouts whereabouts();
  }

  private LaneGraph(Plan plan, Node head, Ends ends) {
    this.plan = plan;
    this.ends = ends;
    this.reachable = reachableFrom(plan, head);
  }

  /**
   * Returns how often a lane with this head ends in each keyed step and sink, and passes each
   * watermark generator.
   */
  public static List<Node> visits(Plan plan, Node head) {
    List<Node> visits = new ArrayList<>();
    for (Node node : reachableFrom(plan, head)) {
      if (node == head || !(node instanceof KeyedNode)) {
        for (Node consumer : plan.consumersOf(node)) {
          if (!(consumer instanceof UnionNode)) {
            visits.add(consumer);
          }
        }
      }
    }
    return visits;
  }

  /** Returns how many ends of a lane with this head nobody reads. */
  public static int unread(Plan plan, Node head) {
    int unread = 0;
    for (Node node : reachableFrom(plan, head)) {
      boolean ends = node instanceof SinkNode || (node instanceof KeyedNode && node != head);
      unread += !ends && plan.consumersOf(node).isEmpty() ? 1 : 0;
    }
    return unread;
  }

  private static Set<Node> reachableFrom(Plan plan, Node head) {
    Set<Node> found = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(plan, head, head, found);
    return found;
  }

  private static void collect(Plan plan, Node head, Node node, Set<Node> found) {
    if (found.add(node) && (node == head || !(node instanceof KeyedNode))) {
      plan.consumersOf(node).forEach(consumer -> collect(plan, head, consumer, found));
    }
  }

  /** Makes the stream. */
  public static RunnableGraph<NotUsed> of(
      Plan plan, Node head, Source<LaneEvent, NotUsed> source, Ends ends) {
    LaneGraph lane = new LaneGraph(plan, head, ends);
    return RunnableGraph.fromGraph(
        GraphDSL.create(
            builder -> {
              SourceShape<LaneEvent> start = builder.add(source);
              lane.fanOut(builder, start.out(), head);
              return ClosedShape.getInstance();
            }));
  }

  /** Leads what a node gives to all that read it. */
  private void fanOut(GraphDSL.Builder<NotUsed> builder, Outlet<LaneEvent> out, Node node) {
    List<Node> consumers = new ArrayList<>(plan.consumersOf(node));
    if (consumers.isEmpty()) {
      builder.from(out).to(builder.add(ends.unread()));
    } else if (consumers.size() == 1) {
      attach(builder, out, node, consumers.get(0));
    } else {
      UniformFanOutShape<LaneEvent, LaneEvent> broadcast =
          builder.add(Broadcast.create(consumers.size(), true));
      builder.from(out).toFanOut(broadcast);
      for (int i = 0; i < consumers.size(); i++) {
        attach(builder, broadcast.out(i), node, consumers.get(i));
      }
    }
  }

  private void attach(
      GraphDSL.Builder<NotUsed> builder, Outlet<LaneEvent> from, Node producer, Node node) {
    Outlet<LaneEvent> out = from;
    if (producer instanceof KeyedNode step && plan.skipsOrSplits(step)) {
      out = via(builder, out, Stateless.port(plan.portOf(step, node)));
    }
    if (node instanceof TransformNode transform) {
      fanOut(builder, via(builder, out, Stateless.transform(transform, ends.whereabouts())), node);
    } else if (node instanceof KeyByNode keyBy) {
      fanOut(builder, via(builder, out, Stateless.keyBy(keyBy, plan.name())), node);
    } else if (node instanceof TimestampsNode timestamps) {
      fanOut(builder, via(builder, out, ends.timestamps(timestamps)), node);
    } else if (node instanceof BranchNode branch) {
      part(builder, out, branch);
    } else if (node instanceof UnionNode union) {
      join(builder, out, union);
    } else if (node instanceof KeyedNode step) {
      builder.from(out).to(builder.add(ends.keyed(step)));
    } else if (node instanceof SinkNode sink) {
      builder.from(out).to(builder.add(ends.sink(sink)));
    } else if (node instanceof SideOutputNode || node instanceof DeadLettersNode) {
      fanOut(builder, out, node);
    } else {
      throw new IllegalStateException("no lane leads to " + node);
    }
  }

  private static Outlet<LaneEvent> via(
      GraphDSL.Builder<NotUsed> builder,
      Outlet<LaneEvent> out,
      Graph<FlowShape<LaneEvent, LaneEvent>, NotUsed> flow) {
    FlowShape<LaneEvent, LaneEvent> shape = builder.add(flow);
    builder.from(out).toInlet(shape.in());
    return shape.out();
  }

  private void part(GraphDSL.Builder<NotUsed> builder, Outlet<LaneEvent> out, BranchNode branch) {
    List<Node> sides = plan.consumersOf(branch);
    FlowShape<LaneEvent, Stateless.Parted> parted = builder.add(Stateless.part(branch));
    builder.from(out).toInlet(parted.in());
    UniformFanOutShape<Stateless.Parted, Stateless.Parted> broadcast =
        builder.add(Broadcast.create(sides.size(), true));
    builder.from(parted.out()).toFanOut(broadcast);
    for (int i = 0; i < sides.size(); i++) {
      boolean side = ((SideNode) sides.get(i)).side();
      FlowShape<Stateless.Parted, LaneEvent> one =
          builder.add(
              Flow.of(Stateless.Parted.class).map(both -> side ? both.trues() : both.falses()));
      builder.from(broadcast.out(i)).toInlet(one.in());
      fanOut(builder, one.out(), sides.get(i));
    }
  }

  private void join(GraphDSL.Builder<NotUsed> builder, Outlet<LaneEvent> out, UnionNode union) {
    if (!(reachable.contains(union.left()) && reachable.contains(union.right()))) {
      fanOut(builder, out, union);
      return;
    }
    FanInShape2<LaneEvent, LaneEvent, LaneEvent> stage =
        unions.computeIfAbsent(union, u -> builder.add(new UnionStage()));
    if (joined.put(union, true) == null) {
      builder.from(out).toInlet(stage.in0());
      fanOut(builder, stage.out(), union);
    } else {
      builder.from(out).toInlet(stage.in1());
    }
  }
}
