package dev.keyling.function;

import java.util.Objects;
import java.util.Optional;

/**
 * What a function of a state and a value answers: the state from now on, and what is emitted.
 *
 * @param state empty to forget the key's state
 */
public record Next<S, W>(Optional<S> state, W output) {

  public Next {
    Objects.requireNonNull(state, "the state is null; Optional.empty() forgets it");
  }

  /** Goes on with a state, which must not be null. */
  public static <S, W> Next<S, W> retain(S state, W output) {
    return new Next<>(Optional.of(state), output);
  }

  /** Forgets the state; the key's next element is its first again. */
  public static <S, W> Next<S, W> discard(W output) {
    return new Next<>(Optional.empty(), output);
  }
}
