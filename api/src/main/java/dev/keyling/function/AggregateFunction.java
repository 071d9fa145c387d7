package dev.keyling.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Folds values into an accumulator and reads a result from it. Semantics of Flink's.
 *
 * @param <IN> what is added
 * @param <ACC> what is stored
 * @param <OUT> what is read
 */
public interface AggregateFunction<IN, ACC, OUT> {

  /** Returns a new, empty accumulator. */
  ACC createAccumulator();

  /** Returns the accumulator with the value added; may change and return the given one. */
  ACC add(IN value, ACC accumulator);

  /** Returns the result so far. */
  OUT getResult(ACC accumulator);

  /** Returns both accumulators in one; only windows that merge need it. */
  ACC merge(ACC a, ACC b);

  /** Counts what is added. */
  static <T> AggregateFunction<T, Long, Long> counting() {
    return folding(() -> 0L, (count, value) -> count + 1, Long::sum);
  }

  /** Collects what is added, in order. */
  static <T> AggregateFunction<T, List<T>, List<T>> toList() {
    return folding(
        ArrayList::new,
        (list, value) -> {
          list.add(value);
          return list;
        },
        (a, b) -> {
          List<T> both = new ArrayList<>(a);
          both.addAll(b);
          return both;
        });
  }

  /** Collects what is added, each value once, in the order in which they come first. */
  static <T> AggregateFunction<T, Set<T>, Set<T>> toSet() {
    return folding(
        LinkedHashSet::new,
        (set, value) -> {
          set.add(value);
          return set;
        },
        (a, b) -> {
          Set<T> both = new LinkedHashSet<>(a);
          both.addAll(b);
          return both;
        });
  }

  /** Collects what is added into a map; of two values with the same map key the later stays. */
  static <T, K, V> AggregateFunction<T, Map<K, V>, Map<K, V>> toMap(
      Function<? super T, ? extends K> key, Function<? super T, ? extends V> value) {
    return folding(
        LinkedHashMap::new,
        (map, element) -> {
          map.put(key.apply(element), value.apply(element));
          return map;
        },
        (a, b) -> {
          Map<K, V> both = new LinkedHashMap<>(a);
          both.putAll(b);
          return both;
        });
  }

  /**
   * Folds what is added into a value that begins anew for every key or window; the value is the
   * result (Bytewax's {@code fold_window}).
   *
   * @param builder makes what to begin with
   * @param folder gets the value so far, which it may change and return, then what is added
   * @param merger of the values of windows that become one, the earlier one first
   */
  static <T, S> AggregateFunction<T, S, S> folding(
      Supplier<? extends S> builder,
      BiFunction<? super S, ? super T, ? extends S> folder,
      BinaryOperator<S> merger) {
    return new Folding<>(builder, folder, merger);
  }
}
