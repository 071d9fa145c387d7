package dev.keyling.sharding.lane;

import dev.keyling.actors.Elements;
import dev.keyling.plan.ElementOperator;
import dev.keyling.plan.Node.BranchNode;
import dev.keyling.plan.Node.KeyByNode;
import dev.keyling.plan.Node.TransformNode;
import dev.keyling.plan.Whereabouts;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;

/** Stateless steps as Pekko Streams operators on runs of elements; control events pass through. */
final class Stateless {
  private Stateless() {}

  /** A run of elements parted in two: what a branch makes for its sides. */
  record Parted(LaneEvent trues, LaneEvent falses) {}

  static Flow<LaneEvent, LaneEvent, NotUsed> onElements(Function<Elements, Elements> change) {
    return Flow.of(LaneEvent.class)
        .map(
            event ->
                event instanceof LaneEvent.Data data
                    ? new LaneEvent.Data(change.apply(data.elements()), data.port())
                    : event);
  }

  static Flow<LaneEvent, LaneEvent, NotUsed> transform(TransformNode node, Whereabouts lane) {
    ElementOperator operator = node.operator().on(lane);
    return onElements(elements -> transform(operator, elements));
  }

  private static Elements transform(ElementOperator operator, Elements elements) {
    Elements result = new Elements(elements.size(), elements.isKeyed());
    for (int i = 0; i < elements.size(); i++) {
      Object key = elements.key(i);
      long timestamp = elements.timestamp(i);
      try {
        operator.apply(
            key, elements.value(i), timestamp, value -> result.add(key, value, timestamp));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception | LinkageError | StackOverflowError e) { // not for streams to survive
        throw new OperatorFailure(elements.value(i), e);
      }
    }
    return result;
  }

  static Flow<LaneEvent, LaneEvent, NotUsed> keyBy(KeyByNode node, String dataflow) {
    return onElements(
        elements -> {
          Elements keyed = new Elements(elements.size(), true);
          for (int i = 0; i < elements.size(); i++) {
            Object value = elements.value(i);
            Object key = node.key().apply(value);
            if (key == null) {
              throw new IllegalArgumentException(
                  "dataflow \"%s\": keyBy gave null for %s; give such elements a key, or filter them out before"
                      .formatted(dataflow, value));
            }
            keyed.add(key, value, elements.timestamp(i));
          }
          return keyed;
        });
  }

  static Flow<LaneEvent, Parted, NotUsed> part(BranchNode node) {
    Predicate<Object> predicate = node.predicate();
    return Flow.of(LaneEvent.class)
        .map(
            event -> {
              if (!(event instanceof LaneEvent.Data data)) {
                return new Parted(event, event);
              }
              Elements elements = data.elements();
              Elements trues = new Elements(elements.size(), elements.isKeyed());
              Elements falses = new Elements(elements.size(), elements.isKeyed());
              for (int i = 0; i < elements.size(); i++) {
                (predicate.test(elements.value(i)) ? trues : falses)
                    .add(elements.key(i), elements.value(i), elements.timestamp(i));
              }
              return new Parted(
                  new LaneEvent.Data(trues, data.port()), new LaneEvent.Data(falses, data.port()));
            });
  }

  static Flow<LaneEvent, LaneEvent, NotUsed> port(int port) {
    return Flow.of(LaneEvent.class)
        .filter(event -> !(event instanceof LaneEvent.Data data) || data.port() == port);
  }
}
