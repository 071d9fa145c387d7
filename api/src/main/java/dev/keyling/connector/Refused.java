package dev.keyling.connector;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Words for what a lines sink will not do. */
final class Refused {
  private Refused() {}

  /** Says what is wrong with a file and what to do. */
  static FileSystemException because(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  /** Says what failed with a file, and the words of the system about it. */
  static FileSystemException because(Path file, String what, IOException cause) {
    FileSystemException refused = because(file, what + ": " + cause.getMessage());
    refused.initCause(cause);
    return refused;
  }
}
