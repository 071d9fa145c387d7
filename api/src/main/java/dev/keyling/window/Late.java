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

  /** Emits those of the left stream. */
  static <L, R> Late<Sided<L, R>> ofLeft(OutputTag<L> tag) {
    return (element, ctx) -> {
      if (element instanceof Sided.Left<L, R> left) {
        ctx.output(tag, left.value());
      }
    };
  }

  /** Emits those of the right stream. */
  static <L, R> Late<Sided<L, R>> ofRight(OutputTag<R> tag) {
    return (element, ctx) -> {
      if (element instanceof Sided.Right<L, R> right) {
        ctx.output(tag, right.value());
      }
    };
  }

  /** Emits each on the output of its side. */
  static Late<Arrival.Numbered> ofSides(List<? extends JoinSide<?, ?>> sides) {
    return (element, ctx) -> output(sides.get(element.input()), element, ctx);
  }

  @SuppressWarnings("unchecked") // an element is of the side that it comes from
  private static <V> void output(JoinSide<?, V> side, Arrival.Numbered element, Context<?> ctx) {
    ctx.output(side.late(), (V) element.value());
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
