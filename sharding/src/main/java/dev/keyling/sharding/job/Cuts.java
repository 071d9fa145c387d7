package dev.keyling.sharding.job;

import dev.keyling.actors.GroupEvent;
import dev.keyling.sharding.lane.LaneReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorRef;

/** Where the key groups of a step made the cut for a marker that overtakes, lane by lane. */
final class Cuts {
  private final List<LaneReport> overtaking;

  /** By lane and key group, how many batches are before the cut. */
  private final Map<Integer, Map<Integer, Long>> merged = new HashMap<>();

  Cuts(List<LaneReport> aligned) {
    overtaking = aligned.stream().filter(LaneReport::overtakes).toList();
  }

  /** Tells whether the marker overtakes anything. */
  boolean any() {
    return !overtaking.isEmpty();
  }

  /** Returns how many lanes it overtakes something in. */
  int lanes() {
    return overtaking.size();
  }

  void add(GroupEvent.Cut cut) {
    cut.merged()
        .forEach(
            (lane, batches) ->
                merged.computeIfAbsent(lane, l -> new HashMap<>()).put(cut.group(), batches));
  }

  /** Tells the lanes; each answers what was overtaken in it. */
  void tell(long marker) {
    for (LaneReport lane : overtaking) {
      lane.replyTo()
          .tell(
              new LaneReport.Cut(marker, merged.getOrDefault(lane.lane(), Map.of())),
              ActorRef.noSender());
    }
  }
}
