package dev.keyling;

import dev.keyling.function.ReduceFunction;
import dev.keyling.operator.Addition;
import dev.keyling.operator.Extremum;
import dev.keyling.operator.Rolling;
import dev.keyling.operator.Storable;
import dev.keyling.state.ReducingStateDescriptor;
import dev.keyling.state.TypeInformation;
import java.util.function.Function;

/**
 * The operators of a keyed stream that answer every element with a result over all elements of its
 * key so far. Semantics of Flink's, except that {@code sum}, {@code min} and {@code max} emit the
 * field alone.
 *
 * <p>Each stores one value per key, as the state {@code "reduced"} of the given type, which is kept
 * beyond the end of input: a later run of the job goes on from it. Outputs have the timestamp of
 * the element that they answer; nothing is emitted at the end of input. A field that is null fails
 * the element.
 */
public interface RollingAggregates<K, T> extends KeyedProcessing<K, T> {

  /**
   * Emits, for every element, the reduction of all the key's elements so far; the first passes
   * through as it is.
   *
   * @param reducer gets what was reduced so far, then the element
   */
  default KeyedStep<K, T> reduce(
      String stepId, TypeInformation<T> type, ReduceFunction<T> reducer) {
    return rolling(stepId, type, value -> value, reducer);
  }

  /**
   * Emits, for every element, the sum of a field of all the key's elements so far. Whole numbers
   * wrap around as {@code +} does.
   *
   * @param type of an Integer, Long, Double, Float, Short, Byte, BigDecimal or BigInteger
   * @throws IllegalArgumentException if the type is another
   */
  default <N extends Number> KeyedStep<K, N> sum(
      String stepId, TypeInformation<N> type, Function<? super T, ? extends N> by) {
    ReduceFunction<N> addition = Addition.of(type);
    if (addition == null) {
      throw new IllegalArgumentException(
          "%s step \"%s\" sums up values of type %s, which cannot be added; give it the type of a number (Types.LONG, Types.of(BigDecimal.class), …), or use reduce"
              .formatted(dataflow(), stepId, type.describe()));
    }
    return rolling(stepId, type, by, addition);
  }

  /** Emits, for every element, the least value that a field had in the key's elements so far. */
  default <C extends Comparable<? super C>> KeyedStep<K, C> min(
      String stepId, TypeInformation<C> type, Function<? super T, ? extends C> by) {
    return rolling(stepId, type, by, Extremum.MIN.<C, C>by(field -> field));
  }

  /** Emits, for every element, the greatest value that a field had in the key's elements so far. */
  default <C extends Comparable<? super C>> KeyedStep<K, C> max(
      String stepId, TypeInformation<C> type, Function<? super T, ? extends C> by) {
    return rolling(stepId, type, by, Extremum.MAX.<C, C>by(field -> field));
  }

  /**
   * Emits, for every element, that one of the key's elements so far whose field is least; of
   * several, the first.
   */
  default <C extends Comparable<? super C>> KeyedStep<K, T> minBy(
      String stepId, TypeInformation<T> type, Function<? super T, ? extends C> by) {
    return rolling(stepId, type, value -> value, Extremum.MIN.by(by));
  }

  /**
   * Emits, for every element, that one of the key's elements so far whose field is greatest; of
   * several, the first.
   */
  default <C extends Comparable<? super C>> KeyedStep<K, T> maxBy(
      String stepId, TypeInformation<T> type, Function<? super T, ? extends C> by) {
    return rolling(stepId, type, value -> value, Extremum.MAX.by(by));
  }

  private <A> KeyedStep<K, A> rolling(
      String stepId,
      TypeInformation<A> type,
      Function<? super T, ? extends A> field,
      ReduceFunction<A> reducer) {
    ReducingStateDescriptor<A> reduction =
        new ReducingStateDescriptor<>(
            "reduced", reducer, Storable.required(dataflow(), stepId, type));
    return this.<A>process(stepId, ctx -> new Rolling<>(ctx, reduction, field));
  }
}
