package dev.keyling.plan;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a stateless step does to one element. Shared by all lanes. */
@FunctionalInterface
public interface ElementOperator {

  /**
   * Handles one element.
   *
   * @param key the element's key, null if the stream is not keyed
   * @param out takes what comes out, never null
   */
  void apply(@Nullable Object key, Object value, Consumer<Object> out) throws Exception;

  /**
   * Handles one element with its time; this is what lanes call.
   *
   * @param timestamp {@link dev.keyling.kernel.Outputs#NO_TIMESTAMP} if it has none
   */
  default void apply(@Nullable Object key, Object value, long timestamp, Consumer<Object> out)
      throws Exception {
    apply(key, value, out);
  }

  /** Returns what handles the elements of one lane in one attempt, in one thread at a time. */
  default ElementOperator on(Whereabouts lane) {
    return this;
  }

  /** Returns an operator that is another one on each lane and in each attempt. */
  static ElementOperator perLane(Function<Whereabouts, ElementOperator> operators) {
    return new PerLane(operators);
  }
}
