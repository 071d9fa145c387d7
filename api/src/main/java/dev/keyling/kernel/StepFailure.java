package dev.keyling.kernel;

/**
 * A user's function threw while it handled a key, or could not be given what is stored of the key;
 * the key's image is as it was before.
 */
public final class StepFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StepFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
