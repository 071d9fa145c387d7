package dev.keyling.testing;

import dev.keyling.plan.ElementOperator;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.BranchNode;
import dev.keyling.plan.Node.DeadLettersNode;
import dev.keyling.plan.Node.KeyByNode;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SideNode;
import dev.keyling.plan.Node.SideOutputNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Node.TimestampsNode;
import dev.keyling.plan.Node.TransformNode;
import dev.keyling.plan.Node.UnionNode;
import dev.keyling.plan.Whereabouts;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Turns the nodes of a plan into stages. Each partition of a source is a lane, and stateless steps
 * exist once per lane; lanes flow together in unions and keyed steps.
 */
final class Wiring {
  private final Setting setting;
  private final int attempt;
  private final IdentityHashMap<SourceNode, Map<String, Inlet>> entrances = new IdentityHashMap<>();
  private final IdentityHashMap<Node, List<Outlet>> lanes = new IdentityHashMap<>();
  private final IdentityHashMap<BranchNode, List<BranchStage>> branches = new IdentityHashMap<>();
  private final IdentityHashMap<KeyedNode, StepStage> steps = new IdentityHashMap<>();
  private final List<Object> stages = new ArrayList<>();

  private Wiring(Setting setting, int attempt) {
    this.setting = setting;
    this.attempt = attempt;
  }

  /**
   * Makes a network.
   *
   * @throws Exception what a source throws that is asked for its partitions
   */
  static Network of(Setting setting, int attempt) throws Exception {
    Wiring wiring = new Wiring(setting, attempt);
    for (Node node : setting.plan().nodes()) {
      wiring.lanes.put(node, wiring.add(node));
    }
    return new Network(setting.clock(), wiring.entrances, wiring.stages);
  }

  private List<Outlet> add(Node node) throws Exception {
    if (node instanceof SourceNode source) {
      return source(source);
    } else if (node instanceof TransformNode transform) {
      return perLane(transform.input(), () -> transforming(transform));
    } else if (node instanceof KeyByNode keyBy) {
      return perLane(
          keyBy.input(),
          () ->
              (key, value, timestamp, out) ->
                  out.element(keyBy.key().apply(value), value, timestamp));
    } else if (node instanceof TimestampsNode timestamps) {
      return timestamps(timestamps);
    } else if (node instanceof UnionNode) {
      return union(node);
    } else if (node instanceof BranchNode branch) {
      return branch(branch);
    } else if (node instanceof SideNode side) {
      return all(branches, side.branch()).stream().map(each -> each.side(side.side())).toList();
    } else if (node instanceof KeyedNode step) {
      return step.isOperator() ? operator(step) : step(step);
    } else if (node instanceof SideOutputNode side) {
      int port = 1 + setting.plan().sideOutputsOf(side.step()).indexOf(side.tag());
      return List.of(all(steps, side.step()).port(port));
    } else if (node instanceof DeadLettersNode letters) {
      int port = 1 + setting.plan().sideOutputsOf(letters.step()).size();
      return List.of(all(steps, letters.step()).port(port));
    } else if (node instanceof SinkNode sink) {
      Inlet inlet = setting.sink(sink);
      lanesOf(sink.input()).forEach(lane -> lane.connect(inlet));
      return List.of();
    }
    throw new IllegalStateException("the harness does not know " + node.getClass());
  }

  private static <N, V> V all(IdentityHashMap<N, V> made, N node) {
    V found = made.get(node);
    if (found == null) {
      throw new IllegalStateException("inputs are written before what reads them");
    }
    return found;
  }

  private List<Outlet> lanesOf(Node node) {
    return all(lanes, node);
  }

  private List<Outlet> source(SourceNode source) throws Exception {
    Map<String, Inlet> byPartition = new LinkedHashMap<>();
    List<Outlet> outlets = new ArrayList<>();
    for (String partition : source.source().partitions()) {
      Outlet outlet = new Outlet();
      byPartition.put(partition, outlet);
      outlets.add(outlet);
    }
    entrances.put(source, byPartition);
    return outlets;
  }

  private ElementStage.Work transforming(TransformNode node) {
    ElementOperator operator =
        node.operator().on(new Whereabouts("harness", attempt, setting.clock()));
    return (key, value, timestamp, out) -> {
      List<Object> results = new ArrayList<>(1);
      operator.apply(key, value, timestamp, results::add);
      for (Object result : results) {
        out.element(key, result, timestamp);
      }
    };
  }

  private List<Outlet> perLane(Node input, Supplier<ElementStage.Work> work) {
    List<Outlet> outlets = new ArrayList<>();
    for (Outlet lane : lanesOf(input)) {
      Outlet outlet = new Outlet();
      lane.connect(new ElementStage(work.get(), outlet));
      outlets.add(outlet);
    }
    return outlets;
  }

  private List<Outlet> timestamps(TimestampsNode node) {
    List<Outlet> outlets = new ArrayList<>();
    for (Outlet lane : lanesOf(node.input())) {
      Outlet outlet = new Outlet();
      TimestampsStage stage = new TimestampsStage(node, setting.clock(), outlet);
      lane.connect(stage);
      stages.add(stage);
      outlets.add(outlet);
    }
    return outlets;
  }

  private List<Outlet> branch(BranchNode node) {
    List<BranchStage> stagesOfBranch = new ArrayList<>();
    for (Outlet lane : lanesOf(node.input())) {
      BranchStage stage = new BranchStage(node.predicate(), new Outlet(), new Outlet());
      lane.connect(stage);
      stagesOfBranch.add(stage);
    }
    branches.put(node, stagesOfBranch);
    return List.of();
  }

  private List<Outlet> union(Node union) {
    Outlet outlet = new Outlet();
    join(union, outlet);
    return List.of(outlet);
  }

  private List<Outlet> step(KeyedNode node) {
    StepStage stage = new StepStage(setting.definitionOf(node), setting.clock(), attempt);
    steps.put(node, stage);
    join(node, stage);
    stages.add(stage);
    return List.of(setting.mainOutputOf(stage));
  }

  private List<Outlet> operator(KeyedNode node) {
    OperatorStage stage = new OperatorStage(setting.definitionOf(node), setting.clock(), attempt);
    join(node, stage);
    stages.add(stage);
    return List.of(stage.outlet());
  }

  private void join(Node node, Inlet target) {
    Junction junction = new Junction(target);
    for (Node input : node.inputs()) {
      lanesOf(input).forEach(lane -> lane.connect(junction.lane()));
    }
    stages.add(junction);
  }
}
