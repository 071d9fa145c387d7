package dev.keyling.window;

import dev.keyling.function.Collector;
import dev.keyling.function.ReduceFunction;
import java.util.Iterator;

/** The window functions of steps that are given none. */
final class WindowResults {
  private WindowResults() {}

  /** Emits what a window holds as it is. */
  static <K, T, W extends Window> void passOn(
      K key, WindowContext<W> ctx, Iterable<T> held, Collector<T> out) {
    held.forEach(out::collect);
  }

  /** Emits the reduction of the elements, if an evictor has left any. */
  static <K, T, W extends Window> ProcessWindowFunction<K, T, T, W> reducing(
      ReduceFunction<T> reducer) {
    return (key, ctx, elements, out) -> {
      Iterator<T> each = elements.iterator();
      if (each.hasNext()) {
        T reduced = each.next();
        while (each.hasNext()) {
          reduced = reducer.reduce(reduced, each.next());
        }
        out.collect(reduced);
      }
    };
  }
}
