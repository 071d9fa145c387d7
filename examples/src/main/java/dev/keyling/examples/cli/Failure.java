package dev.keyling.examples.cli;

import dev.keyling.JobFailedException;
import dev.keyling.examples.input.MalformedLineException;
import dev.keyling.persistence.StoreException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * What the user reads when a run fails: one line.
 *
 * @param explained whether that line is all there is to know
 */
record Failure(int exitCode, String message, boolean explained) {
  /** The job has failed. */
  static final int FAILED = 1;

  /** What was asked for cannot be done. */
  static final int REFUSED = 2;

  static Failure of(Throwable thrown) {
    Optional<Failure> malformed =
        Causes.find(thrown, MalformedLineException.class)
            .map(cause -> new Failure(FAILED, words(cause), true));
    return malformed
        .or(() -> refused(thrown, UsageException.class))
        .or(() -> refused(thrown, StoreException.class))
        .or(() -> refused(thrown, FileSystemException.class))
        .orElseGet(() -> failed(thrown));
  }

  private static Optional<Failure> refused(Throwable thrown, Class<? extends Exception> kind) {
    return Causes.find(thrown, kind)
        .map(cause -> new Failure(REFUSED, "keyling: " + inOneLine(words(cause)), true));
  }

  private static Failure failed(Throwable thrown) {
    Throwable reason = thrown;
    while (reason.getCause() != null
        && (reason instanceof JobFailedException || reason instanceof CompletionException)) {
      reason = reason.getCause();
    }
    return new Failure(
        FAILED,
        "keyling: %s; run with KEYLING_LOG_LEVEL=DEBUG for details"
            .formatted(inOneLine(words(reason))),
        false);
  }

  /** Some exceptions say everything with their name. */
  private static String words(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.toString();
    }
    boolean bare = cause instanceof FileSystemException file && file.getReason() == null;
    return bare ? cause.getClass().getSimpleName() + ": " + message : message;
  }

  private static String inOneLine(String text) {
    return text.strip().replaceAll("\\R\\s*", " ");
  }
}
