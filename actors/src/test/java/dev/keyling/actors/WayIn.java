package dev.keyling.actors;

import dev.keyling.plan.Arrival;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.KeyByNode;
import dev.keyling.plan.Node.KeyedNode;
import dev.keyling.plan.Node.SourceNode;
import dev.keyling.plan.Node.TransformNode;
import dev.keyling.plan.Node.UnionNode;
import dev.keyling.plan.Whereabouts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stateless steps between a source and a keyed step: what the lanes make of an element. */
record WayIn(KeyedNode step) {

  /** What gets to the step, with its key; broadcast elements need none. */
  record Keyed(@Nullable Object key, Object value) {
    boolean isBroadcast() {
      return value instanceof Arrival.Broadcasted;
    }
  }

  List<Keyed> of(Object element) {
    return behind(step.input(), element);
  }

  private static List<Keyed> behind(Node node, Object element) {
    List<Keyed> results = new ArrayList<>();
    if (node instanceof SourceNode) {
      results.add(new Keyed(null, element));
    } else if (node instanceof KeyByNode keyBy) {
      for (Keyed each : behind(keyBy.input(), element)) {
        results.add(new Keyed(keyBy.key().apply(each.value()), each.value()));
      }
    } else if (node instanceof TransformNode transform) {
      for (Keyed each : behind(transform.input(), element)) {
        apply(transform, each, results);
      }
    } else if (node instanceof UnionNode union) {
      results.addAll(behind(union.left(), element));
      results.addAll(behind(union.right(), element));
    } else {
      throw new IllegalArgumentException("no test has had this before its step yet: " + node);
    }
    return results;
  }

  private static void apply(TransformNode node, Keyed each, List<Keyed> results) {
    try {
      node.operator()
          .on(new Whereabouts("way in", 1, InstantSource.system()))
          .apply(each.key(), each.value(), value -> results.add(new Keyed(each.key(), value)));
    } catch (Exception e) {
      throw new AssertionError("a stateless step of a test threw", e);
    }
  }
}
