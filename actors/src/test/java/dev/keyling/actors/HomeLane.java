package dev.keyling.actors;

import dev.keyling.kernel.Outputs;
import dev.keyling.time.TimestampedValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Takes the outputs of a key group; those of an attempt that fails before a checkpoint are lost.
 */
final class HomeLane {
  private final ActorRef<GroupOutput> ref;
  private final Map<Integer, List<TimestampedValue<Object>>> fresh = new HashMap<>();
  private final Map<Integer, List<TimestampedValue<Object>>> kept = new HashMap<>();

  HomeLane(ActorTestKit kit) {
    this.ref =
        kit.spawn(
            Behaviors.receiveMessage(
                output -> {
                  add(output);
                  output.accepted().tell();
                  return Behaviors.same();
                }));
  }

  ActorRef<GroupOutput> ref() {
    return ref;
  }

  private synchronized void add(GroupOutput output) {
    for (int port = 0; port < output.ports().length; port++) {
      Elements elements = output.ports()[port];
      for (int i = 0; elements != null && i < elements.size(); i++) {
        long at = elements.timestamp(i);
        Long timestamp = at == Outputs.NO_TIMESTAMP ? null : (Long) at;
        of(fresh, port).add(new TimestampedValue<>(elements.value(i), timestamp));
      }
    }
  }

  private static List<TimestampedValue<Object>> of(
      Map<Integer, List<TimestampedValue<Object>>> byPort, int port) {
    return byPort.computeIfAbsent(port, none -> new ArrayList<>());
  }

  synchronized void keepFresh() {
    fresh.forEach((port, values) -> of(kept, port).addAll(values));
    fresh.clear();
  }

  synchronized void forgetFresh() {
    fresh.clear();
  }

  synchronized List<TimestampedValue<Object>> take(int port) {
    Collection<TimestampedValue<Object>> taken = kept.remove(port);
    return taken == null ? List.of() : List.copyOf(taken);
  }
}
