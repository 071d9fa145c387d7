package dev.keyling.persistence;

/**
 * A store could not be opened, read or written. The message is one line: what is wrong, where, and
 * what to do.
 */
public class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a one-line message. */
  public StoreException(String message) {
    super(message);
  }

  /** Creates an exception with a one-line message and what caused it. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
