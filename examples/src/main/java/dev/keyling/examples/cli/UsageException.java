package dev.keyling.examples.cli;

/** What the user asks for cannot be done. The message is one line: what is wrong, what to do. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
