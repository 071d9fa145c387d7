package dev.keyling;

import dev.keyling.function.KeyedProcessFunction;
import dev.keyling.function.RuntimeContext;
import dev.keyling.plan.Arrival;
import dev.keyling.plan.Node;
import dev.keyling.plan.Node.UnionNode;
import dev.keyling.state.TypeInformation;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keyed streams of one dataflow as their union, in which each element says which of them it comes
 * from. So nothing that runs dataflows needs to know of them.
 */
record Confluence<K>(List<? extends PlannedKeyedStream<K, ?>> streams) {

  /** Makes one step of them. */
  <O> KeyedStep<K, O> process(
      String stepId,
      Function<RuntimeContext, ? extends KeyedProcessFunction<K, Arrival.Numbered, O>> factory) {
    return stream(stepId).process(stepId, factory);
  }

  /** Makes one stream of them, for a step. */
  KeyedStream<K, Arrival.Numbered> stream(String stepId) {
    TypeInformation<Object> keyType = keyType(stepId);
    Dataflow flow = streams.get(0).flow;
    Node union = numbered(0);
    for (int input = 1; input < streams.size(); input++) {
      union = flow.add(new UnionNode(union, numbered(input)));
    }
    return new PlannedKeyedStream<>(flow, union, keyType, null);
  }

  private Node numbered(int input) {
    return streams
        .get(input)
        .transform((key, value, out) -> out.accept(new Arrival.Numbered(input, value)));
  }

  /** Keys are stored alike whether their type is declared or not, so one declaration is enough. */
  private @Nullable TypeInformation<Object> keyType(String stepId) {
    TypeInformation<Object> found = null;
    for (PlannedKeyedStream<K, ?> stream : streams) {
      TypeInformation<Object> other = stream.keyType;
      if (found != null && other != null && !found.describe().equals(other.describe())) {
        throw new IllegalArgumentException(
            "%s step \"%s\" connects a stream with keys of type %s and one with keys of type %s; give both keyBy the same type"
                .formatted(stream.flow, stepId, found.describe(), other.describe()));
      }
      found = found == null ? other : found;
    }
    return found;
  }
}
