package dev.keyling.state;

/** A reduce function inside a state threw a checked exception, which is the cause. */
public final class StateFunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateFunctionException(String state, Throwable cause) {
    super("the function of state \"" + state + "\" threw " + cause, cause);
  }
}
