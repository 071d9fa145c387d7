package dev.keyling;

import dev.keyling.function.MapFunction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An element or none, as a list. */
final class Optionals {
  private Optionals() {}

  static <T, R> MapFunction<T, List<? extends R>> asLists(
      MapFunction<? super T, ? extends Optional<? extends R>> function) {
    return value ->
        Objects.requireNonNull(
                function.map(value), "a filterMap function gave null, not an Optional")
            .stream()
            .toList();
  }
}
