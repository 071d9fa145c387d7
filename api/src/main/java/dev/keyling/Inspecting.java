package dev.keyling;

import dev.keyling.kernel.Outputs;
import dev.keyling.plan.ElementOperator;
import dev.keyling.plan.Whereabouts;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows elements, their keys and times, and where they come by, on one lane. */
record Inspecting<T>(
    String stepId, boolean isKeyed, Consumer<? super Inspected<T>> look, Whereabouts lane)
    implements ElementOperator {

  @Override
  public void apply(@Nullable Object key, Object value, Consumer<Object> out) {
    apply(key, value, Outputs.NO_TIMESTAMP, out);
  }

  @Override
  @SuppressWarnings("unchecked") // elements of the stream that this was written on
  public void apply(@Nullable Object key, Object value, long timestamp, Consumer<Object> out) {
    look.accept(
        new Inspected<>(
            stepId,
            isKeyed ? key : null,
            (T) value,
            timestamp == Outputs.NO_TIMESTAMP ? null : timestamp,
            lane.lane(),
            lane.attempt()));
    out.accept(value);
  }
}
