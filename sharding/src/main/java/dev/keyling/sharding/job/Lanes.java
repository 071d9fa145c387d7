package dev.keyling.sharding.job;

import dev.keyling.plan.Node;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Node.TimestampsNode;
import dev.keyling.plan.Plan;
import dev.keyling.sharding.lane.LaneGraph;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lanes of an attempt: one per source partition, and the output lanes of every step. Their
 * names are stable between runs, their numbers are not.
 */
final class Lanes {
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<Node, Integer> ends = new IdentityHashMap<>();
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
        passed += end instanceof TimestampsNode ? 1 : 0;
      }
      nobodys += LaneGraph.unread(plan, lane.head());
    }
    generators = passed;
    unread = nobodys;
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
