package dev.keyling.sharding.job;

import dev.keyling.plan.Node;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Node.TimestampsNode;
import dev.keyling.plan.Plan;
import dev.keyling.sharding.lane.LaneGraph;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lanes of an attempt: one per source partition, and the output lanes of every step. Their
 * names are stable between runs, their numbers are not.
 */
final class Lanes {
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<Node, Integer> ends = new IdentityHashMap<>();
  private final Map<Node, Set<String>> names = new IdentityHashMap<>();
  private final int generators;
  private final int unread;
  private final int sources;

  /**
   * One lane.
   *
   * @param name {@code step/partition} or {@code step/number}
   * @param part the partition; empty for an output lane
   * @param index number of an output lane among those of its step
   */
  record Lane(int number, String name, Node head, String part, int index) {}

  Lanes(Plan plan, int homeLanes) throws Exception {
    for (SourceNode source : plan.sources()) {
      List<String> partitions = source.source().partitions();
      if (partitions.isEmpty()) {
        throw new IllegalArgumentException(
            "dataflow \"%s\" source \"%s\" has no partitions, so there is nothing to read"
                .formatted(plan.name(), source.stepId()));
      }
      for (String partition : partitions) {
        add(source.stepId() + "/" + partition, source, partition, 0);
      }
    }
    sources = lanes.size();
    for (KeyedNode step : plan.steps()) {
      for (int i = 0; i < homeLanes; i++) {
        add(step.stepId() + "/" + i, step, "", i);
      }
    }
    int passed = 0;
    int nobodys = 0;
    for (Lane lane : lanes) {
      for (Node end : LaneGraph.visits(plan, lane.head())) {
        ends.merge(end, 1, Integer::sum);
        Set<String> atEnd = names.computeIfAbsent(end, e -> new LinkedHashSet<>());
        atEnd.add(endName(lane, atEnd));
        passed += end instanceof TimestampsNode ? 1 : 0;
      }
      nobodys += LaneGraph.unread(plan, lane.head());
    }
    generators = passed;
    unread = nobodys;
  }

  /** A lane that ends more than once in a step has a name for each. */
  static String endName(Lane lane, Set<String> taken) {
    String name = lane.name();
    for (int i = 2; taken.contains(name); i++) {
      name = lane.name() + "#" + i;
    }
    return name;
  }

  /** Returns the names of the lanes that end in a step or sink, the same in every run. */
  Set<String> namesEndingIn(Node node) {
    return names.getOrDefault(node, Set.of());
  }

  private void add(String name, Node head, String part, int index) {
    lanes.add(new Lane(lanes.size(), name, head, part, index));
  }

  List<Lane> sourceLanes() {
    return lanes.subList(0, sources);
  }

  List<Lane> homeLanes() {
    return lanes.subList(sources, lanes.size());
  }

  Lane lane(int number) {
    return lanes.get(number);
  }

  /** Returns how many lanes end in a step or sink. */
  int endingIn(Node node) {
    return ends.getOrDefault(node, 0);
  }

  /** Returns how many ends of lanes there are that nobody reads. */
  int unread() {
    return unread;
  }

  /** Returns how many watermark generators there are, counting lanes. */
  int generators() {
    return generators;
  }
}
