package dev.keyling.function;

import java.util.ArrayList;
import java.util.List;

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
    return new AggregateFunction<>() {
      @Override
      public Long createAccumulator() {
        return 0L;
      }

      @Override
      public Long add(T value, Long count) {
        return count + 1;
      }

      @Override
      public Long getResult(Long count) {
        return count;
      }

      @Override
      public Long merge(Long a, Long b) {
        return a + b;
      }
    };
  }

  /** Collects what is added, in order. */
  static <T> AggregateFunction<T, List<T>, List<T>> toList() {
    return new AggregateFunction<>() {
      @Override
      public List<T> createAccumulator() {
        return new ArrayList<>();
      }

      @Override
      public List<T> add(T value, List<T> list) {
        list.add(value);
        return list;
      }

      @Override
      public List<T> getResult(List<T> list) {
        return list;
      }

      @Override
      public List<T> merge(List<T> a, List<T> b) {
        List<T> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
      }
    };
  }
}
