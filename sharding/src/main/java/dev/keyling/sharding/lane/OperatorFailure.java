package dev.keyling.sharding.lane;

/** The function of a stateless step threw a checked exception, which is the cause. */
final class OperatorFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OperatorFailure(Object element, Throwable cause) {
    super("a function threw " + cause + " on " + element, cause);
  }
}
