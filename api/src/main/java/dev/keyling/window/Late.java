package dev.keyling.window;

import dev.keyling.JoinSide;
import dev.keyling.OutputTag;
import dev.keyling.function.Context;
import dev.keyling.plan.Arrival;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes an element that came too late for all of its windows. */
@FunctionalInterface
interface Late<T> {
  void take(T element, Context<?> ctx);

  /** Emits those of one input. */
  @SuppressWarnings("unchecked") // an element is of the input that it comes from
  static <V> Late<Arrival.Numbered> of(int input, OutputTag<V> tag) {
    return (element, ctx) -> {
      if (element.input() == input) {
        ctx.output(tag, (V) element.value());
      }
    };
  }

  /** Emits each on the output of its side. */
  static Late<Arrival.Numbered> ofSides(List<? extends JoinSide<?, ?>> sides) {
    return (element, ctx) ->
        of(element.input(), sides.get(element.input()).late()).take(element, ctx);
  }

  /** Has another one take the element first, if there is one. */
  default Late<T> after(@Nullable Late<T> other) {
    return other == null
        ? this
        : (element, ctx) -> {
          other.take(element, ctx);
          take(element, ctx);
        };
  }
}
