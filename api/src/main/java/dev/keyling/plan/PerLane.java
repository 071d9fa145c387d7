package dev.keyling.plan;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Another operator on each lane. */
record PerLane(Function<Whereabouts, ElementOperator> operators) implements ElementOperator {

  @Override
  public ElementOperator on(Whereabouts lane) {
    return operators.apply(lane);
  }

  @Override
  public void apply(@Nullable Object key, Object value, Consumer<Object> out) {
    throw new IllegalStateException("an operator of lanes is asked on none");
  }
}
