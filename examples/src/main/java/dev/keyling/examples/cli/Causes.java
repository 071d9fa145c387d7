package dev.keyling.examples.cli;

import java.util.Optional;

/** Looks through the causes of a failure. */
final class Causes {
  private Causes() {}

  /** Returns the first of this kind, the failure itself included. */
  static <E> Optional<E> find(Throwable failure, Class<E> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }

  static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    for (Throwable inner; (inner = cause.getCause()) != null; ) {
      cause = inner;
    }
    return cause;
  }
}
