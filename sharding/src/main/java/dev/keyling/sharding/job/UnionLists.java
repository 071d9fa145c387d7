package dev.keyling.sharding.job;

import dev.keyling.kernel.OperatorCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all partitions of an operator have stored in union lists, as they say so one by one. */
final class UnionLists {
  private final TreeMap<Integer, Map<String, List<byte[]>>> byPartition = new TreeMap<>();

  void recalled(int partition, OperatorCall.Recalled recalled) {
    byPartition.put(partition, recalled.union());
  }

  /** Returns the items by name, in the order of the partitions. */
  Map<String, List<byte[]>> all() {
    Map<String, List<byte[]>> union = new TreeMap<>();
    for (Map<String, List<byte[]>> partition : byPartition.values()) {
      partition.forEach(
          (name, items) -> union.computeIfAbsent(name, unknown -> new ArrayList<>()).addAll(items));
    }
    return union;
  }
}
