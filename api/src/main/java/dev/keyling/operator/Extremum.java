package dev.keyling.operator;

import dev.keyling.function.ReduceFunction;
import java.util.Objects;
import java.util.function.Function;

/** Which of two elements stays, by a field of theirs; of two that are equal in it, the first. */
public enum Extremum {
  /** The one that is less. */
  MIN,
  /** The one that is greater. */
  MAX;

  /** Keeps the element whose field is the extreme one; the field must not be null. */
  public <T, C extends Comparable<? super C>> ReduceFunction<T> by(
      Function<? super T, ? extends C> by) {
    return (a, b) -> beats(field(by, b), field(by, a)) ? b : a;
  }

  private static <T, C> C field(Function<? super T, ? extends C> by, T element) {
    return Objects.requireNonNull(by.apply(element), "the field to compare by is null");
  }

  private <C extends Comparable<? super C>> boolean beats(C later, C earlier) {
    int order = later.compareTo(earlier);
    return this == MIN ? order < 0 : order > 0;
  }
}
