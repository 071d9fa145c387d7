package dev.keyling.plan;

import dev.keyling.OutputTag;
import dev.keyling.RestartStrategy;
import dev.keyling.checkpoint.CheckpointConfig;
import dev.keyling.plan.Node.DeadLettersNode;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SideOutputNode;
import dev.keyling.plan.Node.SinkNode;
import dev.keyling.plan.Node.SourceNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A dataflow that has been checked and can be run: its nodes in the order in which they were
 * written, inputs before what reads them.
 */
public final class Plan {
  private final String name;
  private final List<Node> nodes;
  private final CheckpointConfig checkpoints;
  private final RestartStrategy restarts;
  private final Map<String, String> parameters;
  private final Map<Node, List<Node>> consumers = new IdentityHashMap<>();

  /**
   * @param parameters as they are now
   */
  public Plan(
      String name,
      List<Node> nodes,
      CheckpointConfig checkpoints,
      RestartStrategy restarts,
      Map<String, String> parameters) {
    this.name = name;
    this.nodes = List.copyOf(nodes);
    this.checkpoints = checkpoints;
    this.restarts = restarts;
    this.parameters = Map.copyOf(parameters);
    for (Node node : nodes) {
      consumers.put(node, new ArrayList<>());
      for (Node input : node.inputs()) {
        consumersOf(input).add(node);
      }
    }
  }

  public String name() {
    return name;
  }

  public CheckpointConfig checkpoints() {
    return checkpoints;
  }

  public RestartStrategy restarts() {
    return restarts;
  }

  /** Returns what functions are told of the job, by name. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Returns all nodes. */
  public List<Node> nodes() {
    return nodes;
  }

  public List<SourceNode> sources() {
    return all(SourceNode.class).toList();
  }

  public List<KeyedNode> steps() {
    return all(KeyedNode.class).toList();
  }

  public List<SinkNode> sinks() {
    return all(SinkNode.class).toList();
  }

  private <N extends Node> Stream<N> all(Class<N> kind) {
    return nodes.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Returns what reads the node, once per input that it is. */
  public List<Node> consumersOf(Node node) {
    List<Node> found = consumers.get(node);
    if (found == null) {
      throw new IllegalArgumentException("a node of another dataflow");
    }
    return found;
  }

  /** Returns the node's place in the plan: stable as long as the program does not change. */
  public int indexOf(Node node) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) == node) {
        return i;
      }
    }
    throw new IllegalArgumentException("a node of another dataflow");
  }

  /** Returns the side outputs of a step that somebody reads, each once. */
  public List<OutputTag<?>> sideOutputsOf(KeyedNode step) {
    List<OutputTag<?>> tags = new ArrayList<>();
    all(SideOutputNode.class)
        .filter(side -> side.step() == step && !tags.contains(side.tag()))
        .forEach(side -> tags.add(side.tag()));
    return tags;
  }

  /** Tells whether the step has more than its main output. */
  public boolean skipsOrSplits(KeyedNode step) {
    return skipsErrors(step) || !sideOutputsOf(step).isEmpty();
  }

  /** Returns the output port of a step that the given reader of it reads; 0 is the main one. */
  public int portOf(KeyedNode step, Node reader) {
    if (reader instanceof SideOutputNode side) {
      return 1 + sideOutputsOf(step).indexOf(side.tag());
    }
    return reader instanceof DeadLettersNode ? 1 + sideOutputsOf(step).size() : 0;
  }

  /** Tells whether the step skips elements on which its function throws. */
  public boolean skipsErrors(KeyedNode step) {
    return all(DeadLettersNode.class).anyMatch(letters -> letters.step() == step);
  }
}
